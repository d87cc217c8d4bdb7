import { useId, useState } from 'react';
import { failureOf } from '../../shared/outcome.ts';
import type { MarkdownFolder } from '../../shared/settings.ts';
import { FolderForm } from '../folders/folder-form.tsx';
import { Path } from '../folders/path.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { Section } from './section.tsx';

/** Papers that can have a file: one of them, and all as they are chosen. */
const which = {
  notes: ['paper with a note', 'Papers with a note'],
  touched: ['paper with a note, tag, star or status', 'Papers with a note, tag, star or status'],
  all: ['paper', 'All papers'],
} as const;

/** A folder with a Markdown file for each paper: whether, where, of which papers, and how it went last. */
export function MarkdownFolderSection() {
  const { session } = useSession();
  const folder = useApp((state) => state.library?.settings.markdownFolder ?? null);
  const isReadOnly = useApp((state) => (state.library?.readOnly ?? null) !== null);
  const [editing, setEditing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [done, setDone] = useState('');

  async function attempt(work: () => Promise<string>): Promise<void> {
    setBusy(true);
    setProblem(null);
    setDone('');
    try {
      setDone(await work());
    } catch (error) {
      setProblem(failureOf(error).message);
    } finally {
      setBusy(false);
    }
  }

  async function update(): Promise<string> {
    const { written, trouble } = await session.client.call('markdownFolder.update', {});
    setProblem(trouble);
    if (trouble !== null) return '';
    if (written === 0) return 'Everything is up to date';
    return written === 1 ? '1 file written' : `${written} files written`;
  }

  const save = (markdownFolder: MarkdownFolder | null) =>
    attempt(async () => {
      await session.client.call('settings.set', { markdownFolder });
      setEditing(false);
      return markdownFolder === null ? 'Turned off. The files stay.' : update();
    });

  return (
    <Section title="Markdown folder">
      {editing ? (
        <Fields
          folder={folder}
          problem={problem}
          busy={busy}
          onSave={(wanted) => void save(wanted)}
          onCancel={() => {
            setProblem(null);
            setEditing(false);
          }}
        />
      ) : (
        <>
          {folder === null ? (
            <p>
              A file for each paper, for Obsidian, Zettlr and other programs, kept up to date in a folder of yours. What
              you write in it stays.
            </p>
          ) : (
            <>
              <p>A file for each {which[folder.papers][0]}, in</p>
              <Path of={folder.folder} />
            </>
          )}
          <p className="settings-buttons">
            <button type="button" className="button" disabled={isReadOnly || busy} onClick={() => setEditing(true)}>
              {folder === null ? 'Turn on…' : 'Change…'}
            </button>
            {folder !== null && (
              <>
                <button type="button" className="button" disabled={busy} onClick={() => void attempt(update)}>
                  Update now
                </button>
                <button type="button" className="button" disabled={isReadOnly || busy} onClick={() => void save(null)}>
                  Turn off
                </button>
              </>
            )}
          </p>
          {problem !== null && (
            <p className="form-problem" role="alert">
              {problem}
            </p>
          )}
        </>
      )}
      {/* Always there, so that a screen reader hears what comes into it. */}
      <p role="status" className="settings-words">
        {busy ? 'Writing…' : done}
      </p>
    </Section>
  );
}

interface FieldsProps {
  folder: MarkdownFolder | null;
  problem: string | null;
  busy: boolean;
  onSave(folder: MarkdownFolder): void;
  onCancel(): void;
}

function Fields({ folder: before, problem, busy, onSave, onCancel }: FieldsProps) {
  const [papers, setPapers] = useState<MarkdownFolder['papers']>(before?.papers ?? 'notes');
  const id = useId();

  return (
    <FolderForm
      label="In the folder"
      folder={before?.folder ?? null}
      problem={problem}
      busy={busy}
      onSave={(folder) => onSave({ folder, papers })}
      onCancel={onCancel}
    >
      <label htmlFor={id}>Papers that have a file</label>
      <select
        id={id}
        className="select"
        value={papers}
        onChange={({ target }) => setPapers(target.value as MarkdownFolder['papers'])}
      >
        {Object.entries(which).map(([value, [, words]]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </FolderForm>
  );
}
