import { type MarkChange, mostIds, type Selection } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { knownForm, noMatch, openResult } from './papers.ts';
import type { CommonOptions, ExitCode, Session } from './session.ts';

/** Options of commands that change the marks of papers. */
export interface MarkOptions extends CommonOptions {
  /** Instead of ids: all papers that this query finds. */
  query?: string;
}

/** Which papers a command is about: those of these ids, or all that a query finds. */
export type Which = { ids: readonly string[] } | { query: string };

/** Which papers a command line names; null when it names none, or names them in both ways. */
export function whichPapers(ids: readonly string[], { query }: MarkOptions): Which | null {
  if (query === undefined) return ids.length > 0 ? { ids } : null;
  return ids.length > 0 ? null : { query };
}

/** Changes the marks of papers in one step, or of none when one of them does not exist; says of how many. */
export async function markPapers(session: Session, which: Which, change: MarkChange): Promise<ExitCode> {
  const { client, terminal } = session;
  const selection = await select(session, which);
  if (selection === null) {
    terminal.err(`${noMatch} Nothing was changed.`);
    return 0;
  }
  const { label } = await client.call('papers.mark', { selection, change });
  terminal.out(`${label}.\n`);
  return 0;
}

async function select(session: Session, which: Which): Promise<Selection | null> {
  if ('query' in which) {
    const { result, total } = await openResult(session, 'all', which.query);
    return total === 0 ? null : { result, ranges: [[0, total]] };
  }
  if (which.ids.length > mostIds) {
    throw new OffprintError(
      'bad-input',
      `${which.ids.length} papers are too many for one command: at most ${mostIds}. Nothing was changed.`,
    );
  }
  return { ids: which.ids.map(knownForm) };
}
