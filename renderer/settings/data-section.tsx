import { copiesInWords } from '../backup/words.ts';
import { Path } from '../folders/path.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { networkInWords } from './network-words.ts';
import { Section } from './section.tsx';

/** Where the reader's data is, how it is kept, and what leaves the machine. */
export function DataSection() {
  const { session, run } = useSession();
  const folder = useApp((state) => state.library?.dataFolder ?? '');
  const copies = useApp((state) => state.library?.settings.copies ?? null);
  const host = useApp((state) => state.host);
  const updates = useApp((state) => state.updates);
  const looks = useApp((state) => state.settings.updates);
  const checks = useApp((state) => state.settings.spelling !== null);
  const uses = [
    ...(updates !== null && updates.kind !== 'elsewhere' ? [{ what: 'checking for updates', on: looks }] : []),
    ...(host.spelling.fetches ? [{ what: 'fetching dictionaries', on: checks }] : []),
  ];
  return (
    <>
      <Section title="Backups">
        <p>{copies === null ? 'There are no automatic backups.' : copiesInWords(copies)}</p>
        <p className="settings-buttons">
          <button type="button" className="button" onClick={() => run('backups')}>
            Backups and earlier states…
          </button>
        </p>
      </Section>
      <Section title="Your data">
        <Path of={folder} />
        <p className="settings-buttons">
          <button type="button" className="button" onClick={() => void session.keeping.showFolder()}>
            Show data folder
          </button>
          {host.logs && (
            <button type="button" className="button" onClick={() => void session.program.showLogs()}>
              Show logs
            </button>
          )}
        </p>
      </Section>
      <Section title="Privacy">
        <p>Offprint has no telemetry: nothing about you, your papers or your notes is sent anywhere.</p>
        <p className="settings-words">{networkInWords(uses)}</p>
      </Section>
    </>
  );
}
