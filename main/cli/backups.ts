import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { OffprintError } from '../../shared/outcome.ts';
import type { RestoreImpact, Turnover } from '../backup/compare-libraries.ts';
import type { BackupJobOptions } from '../backups.ts';
import { safeLine } from './safe-text.ts';
import type { CommonOptions, ExitCode, Session } from './session.ts';
import { papersBack } from './with-library.ts';

/** Options of `restore`. */
export interface RestoreOptions extends CommonOptions {
  dryRun?: true;
}

const counted = (count: number, one: string, several = `${one}s`) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : several}`;

const size = (bytes: number) =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

const moment = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Writes everything into one new file: this path, or one with today's date in this folder. */
export async function backUp(session: Session, target: string): Promise<ExitCode> {
  const { library, terminal } = session;
  const path = resolve(terminal.folder, target);
  const isFolder = await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  return await cancellable(session, 'Writing', async (options) => {
    const written = await library.backups.write(isFolder ? { folder: path } : { path }, options);
    const { papers, notes } = written.manifest.counts;
    terminal.out(
      `Backed up ${counted(papers, 'paper')} and ${counted(notes, 'note')} to ${safeLine(written.path)} (${size(written.bytes)}).\n`,
    );
  });
}

/** Makes the library what a backup holds, or says what that would do. */
export async function restore(session: Session, file: string, { dryRun }: RestoreOptions): Promise<ExitCode> {
  const { library, terminal } = session;
  const backup = { path: resolve(terminal.folder, file), name: file };
  const name = safeLine(basename(file));
  if (dryRun) {
    return await cancellable(session, 'Checking', async (options) => {
      const { summary, impact } = await library.backups.compare(backup, options);
      const by = safeLine(summary.appVersion);
      terminal.out(`${name} is a backup of ${moment(summary.madeAt)}, made by Offprint ${by}.\n`);
      terminal.out(`${impactLines(impact).join('\n')}\nNothing was written: this was a dry run.\n`);
    });
  }
  return await cancellable(session, 'Restoring', async (options) => {
    const { kept, notices } = await library.backups.restore(backup, options);
    // The papers in it may have been damaged when it was made.
    await papersBack(library, terminal);
    const { counts, notices: found } = await library.handlers['library.state']({});
    for (const notice of new Set([...notices, ...found])) terminal.err(safeLine(notice));
    terminal.out(
      `Restored ${name}: ${counted(counts.all, 'paper')} and ${counted(counts.notes, 'note')}.\n` +
        `What was there before is kept in ${safeLine(kept)}; restoring that brings it back.\n`,
    );
  });
}

function impactLines({ papers, sources, settings, ...turnovers }: RestoreImpact): string[] {
  const number = (count: number) => count.toLocaleString('en');
  const all = ({ come, go, change }: Turnover) => `${number(come)} come, ${number(go)} go, ${number(change)} change`;
  return [
    `Papers: ${number(papers.come)} come, ${number(papers.go)} go, ${number(papers.stay)} stay`,
    `Sources: ${number(sources.come)} come, ${number(sources.go)} go`,
    `Papers you said something of: ${all(turnovers.marked)}`,
    `Notes: ${all(turnovers.notes)}`,
    `Saved views: ${all(turnovers.views)}`,
    `Colours of tags: ${all(turnovers.tagColours)}`,
    `Settings: ${settings.length === 0 ? 'none changes' : `${settings.join(', ')} change`}`,
    'Undo, past versions of notes and earlier states would be those of the backup.',
  ];
}

/** Does something that Ctrl+C cancels, and shows how far it is. */
async function cancellable(
  { terminal }: Session,
  doing: string,
  work: (options: BackupJobOptions) => Promise<void>,
): Promise<ExitCode> {
  const interrupt = new AbortController();
  void terminal.stopped().then(() => interrupt.abort());
  const onProgress = (done: number) => terminal.progress?.(`${doing}: ${Math.floor(done * 100)} %. Ctrl+C cancels.`);
  try {
    await work({ signal: interrupt.signal, onProgress });
    return 0;
  } catch (error) {
    if (!interrupt.signal.aborted || !(error instanceof OffprintError) || error.code !== 'refused') throw error;
    terminal.progress?.(null);
    terminal.err(`offprint: ${safeLine(error.message)}`);
    return 130;
  } finally {
    terminal.progress?.(null);
  }
}
