import { Dialog } from '../dialogs/dialog.tsx';
import { Choice, densities, themes } from '../frame/choice.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { CitationsSection } from './citations-section.tsx';
import { DataSection } from './data-section.tsx';
import { MarkReadAfter } from './mark-read-after.tsx';
import { MarkdownFolderSection } from './markdown-folder-section.tsx';
import { Section } from './section.tsx';
import { SpellingSection } from './spelling-section.tsx';
import { TemplatesSection } from './templates-section.tsx';
import { TextSize } from './text-size.tsx';
import { UpdatesSection } from './updates-section.tsx';
import './settings.css';

interface SettingsDialogProps {
  /** Opened where it says what is known of newer versions, else at its beginning. */
  at: 'updates' | 'citations' | null;
  onClose(): void;
}

/** What can be chosen about the program; each choice holds at once. */
export function SettingsDialog({ at, onClose }: SettingsDialogProps) {
  const { session } = useSession();
  const settings = useApp((state) => state.settings);
  const host = useApp((state) => state.host);
  const version = useApp((state) => state.library?.appVersion ?? '');
  const readOnly = useApp((state) => (state.library?.readOnly ?? null) !== null);
  return (
    <Dialog title="Settings" onClose={onClose} className="settings">
      {readOnly && (
        <p className="settings-words">
          Nothing can be saved in this library now: what is chosen here holds as long as the window is open.
        </p>
      )}
      <Section title="Appearance">
        <div className="settings-choices">
          <Choice
            legend="Theme"
            options={themes}
            value={settings.theme}
            onChange={(theme) => session.settings.change({ theme })}
          />
          <Choice
            legend="Rows of the list"
            options={densities}
            value={settings.density}
            onChange={(density) => session.settings.change({ density })}
          />
        </div>
      </Section>
      <Section title="Reading">
        <TextSize />
        <MarkReadAfter />
        {host.badge && (
          <label className="settings-option">
            <input
              type="checkbox"
              checked={settings.badge}
              disabled={readOnly}
              onChange={({ target }) => void session.program.set({ badge: target.checked })}
            />
            <span>Show the number of unread papers on the program’s icon</span>
          </label>
        )}
      </Section>
      <TemplatesSection />
      {host.spelling.languages.length > 0 && <SpellingSection />}
      <CitationsSection focused={at === 'citations'} />
      <MarkdownFolderSection />
      <UpdatesSection focused={at === 'updates'} />
      <DataSection />
      <p className="settings-version">Offprint {version}</p>
    </Dialog>
  );
}
