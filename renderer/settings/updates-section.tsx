import { type ReactNode, useEffect, useRef } from 'react';
import type { UpdateState } from '../../shared/host-calls.ts';
import { momentInWords } from '../backup/words.ts';
import { useApp, useSession } from '../frame/session-context.ts';
import { OutsideLink } from '../text/linked-text.tsx';
import { Section } from './section.tsx';

/** Whether newer versions are looked for, and what is known of them. */
export function UpdatesSection({ focused }: { focused: boolean }) {
  const { session } = useSession();
  const updates = useApp((state) => state.updates);
  const on = useApp((state) => state.settings.updates);
  const isServed = useApp((state) => state.host.kind === 'browser');
  const readOnly = useApp((state) => (state.library?.readOnly ?? null) !== null);
  const part = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!focused) return;
    part.current?.scrollIntoView({ block: 'center' });
    part.current?.querySelector<HTMLElement>('input, [tabindex]')?.focus();
  }, [focused]);

  // What a browser shows is updated with the program that serves it.
  if (updates === null || isServed) return null;
  return (
    <Section title="Updates">
      <div ref={part} className="settings-part">
        {updates.kind === 'elsewhere' ? (
          <p tabIndex={-1}>Offprint is updated by {updates.by}.</p>
        ) : (
          <>
            <label className="settings-option">
              <input
                type="checkbox"
                checked={on}
                disabled={readOnly}
                onChange={({ target }) => void session.program.set({ updates: target.checked })}
              />
              <span>
                Check for updates automatically
                <span className="settings-words">
                  Once a day, over the network. Nothing about you or your papers is sent, and nothing is downloaded
                  until you say so.
                </span>
              </span>
            </label>
            <Known updates={updates} asked={focused} />
          </>
        )}
      </div>
    </Section>
  );
}

/** What is known, and what can be done about it. `asked`: the reader has come here to check. */
function Known({ updates, asked }: { updates: Exclude<UpdateState, { kind: 'elsewhere' }>; asked: boolean }) {
  const { session } = useSession();
  const { program } = session;
  return (
    <div className="settings-known" data-kind={updates.kind}>
      {/* Always there, so that a screen reader hears what comes into it. */}
      <p role="status">
        {asked && updates.kind === 'off'
          ? 'Offprint has not checked, because this is off.'
          : updateInWords(updates, Date.now())}
      </p>
      {updates.kind === 'fetching' && (
        <progress aria-label={`Downloading Offprint ${updates.version}`} value={updates.done} />
      )}
      {(updates.kind === 'current' || updates.kind === 'failed') && (
        <Do onClick={() => void program.askForUpdates()}>{updates.kind === 'failed' ? 'Try again' : 'Check now'}</Do>
      )}
      {updates.kind === 'available' &&
        (updates.installs ? (
          <Do onClick={() => void program.fetchUpdate()}>Download</Do>
        ) : (
          updates.page !== '' && <OutsideLink href={updates.page}>Get it on the web</OutsideLink>
        ))}
      {updates.kind === 'ready' && <Do onClick={() => void program.installUpdate()}>Restart now</Do>}
    </div>
  );
}

function Do({ onClick, children }: { onClick(): void; children: ReactNode }) {
  return (
    <button type="button" className="button small" onClick={onClick}>
      {children}
    </button>
  );
}

/**
 * What is known of newer versions, as a sentence; empty where there is nothing to be said.
 * @param now the present moment, in milliseconds since 1970
 */
export function updateInWords(updates: Exclude<UpdateState, { kind: 'elsewhere' }>, now: number): string {
  switch (updates.kind) {
    case 'off':
      return '';
    case 'next-start':
      return 'Takes effect when Offprint next starts. Until then it cannot reach the network.';
    case 'current':
      return updates.checkedAt === null
        ? 'Not checked yet.'
        : `Offprint was up to date ${momentInWords(updates.checkedAt, now)}.`;
    case 'checking':
      return 'Checking…';
    case 'available':
      return `Offprint ${updates.version} is out.`;
    case 'fetching':
      return `Downloading Offprint ${updates.version}`;
    case 'ready':
      return `Offprint ${updates.version} is ready. It is installed when you quit.`;
    case 'failed':
      return updates.message;
  }
}
