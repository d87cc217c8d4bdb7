import { longestQuery, mostRows } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { type PaperId, paperIdSchema } from '../../shared/paper.ts';
import type { Sort } from '../../shared/settings.ts';
import { paperForJson, printPaper, printRows, wholePaperForJson } from './print-papers.ts';
import { safeLine } from './safe-text.ts';
import type { ExitCode, JsonOptions, Session } from './session.ts';

/** Options of `list`. */
export interface ListOptions extends JsonOptions {
  sort?: Sort;
  limit?: number;
  offset: number;
}

/**
 * Prints the papers of a view that a query finds, page by page, so that a library of any size can be listed.
 * @param view its id; `all` for the whole library
 */
export async function listPapers(
  session: Session,
  view: string,
  query: string,
  options: ListOptions,
): Promise<ExitCode> {
  const { client, terminal } = session;
  const { result, total } = await openResult(session, view, query, options.sort ?? []);
  const end = Math.min(total, options.offset + (options.limit ?? total));
  if (options.json) terminal.out(`{"total":${total},"papers":[`);
  for (let offset = options.offset; offset < end; offset += mostRows) {
    const limit = Math.min(mostRows, end - offset);
    const { rows } = await client.call('list.rows', { result, offset, limit });
    if (options.json) {
      const papers = rows.map((row) => JSON.stringify(paperForJson(row))).join(',\n');
      terminal.out(`${offset === options.offset ? '\n' : ',\n'}${papers}`);
    } else terminal.out(printRows(rows, terminal.width));
  }
  if (options.json) terminal.out(']}\n');
  else if (total === 0) terminal.err(await emptyMessage(session, view, query));
  return 0;
}

async function emptyMessage({ client }: Session, view: string, query: string): Promise<string> {
  const { counts } = await client.call('library.state', {});
  if (counts.all === 0) return 'The library is empty.';
  if (query.trim() === '') return view === 'all' ? noMatch : 'The view is empty.';
  const { spelling, without } = await client.call('search.help', { view, query });
  const advice = [
    ...spelling.slice(0, 1).map(({ suggestion, total }) => `With “${suggestion}”, ${thatDo(total)}.`),
    ...without.slice(0, 2).map(({ part, total }) => `Without ${part}, ${thatDo(total)}.`),
  ];
  return safeLine([noMatch, ...advice].join(' '));
}

function thatDo(total: number): string {
  return total === 1 ? '1 paper does' : `${total} papers do`;
}

/** What is said where a query finds nothing. */
export const noMatch = 'No paper matches.';

/** Opens a result set and waits until all of it has been counted. */
export async function openResult(
  { client }: Session,
  view: string,
  query: string,
  sort: Sort = [],
): Promise<{ result: number; total: number }> {
  if (query.length > longestQuery) {
    throw new OffprintError(
      'bad-input',
      `The query is too long: ${query.length} characters, and at most ${longestQuery} can be searched for.`,
    );
  }
  const { result, total, complete } = await client.call('list.open', { view, query, sort, limit: 0 });
  return { result, total: complete ? total : (await client.call('list.settled', { result })).total };
}

/** Prints one paper, whole. */
export async function showPaper({ client, terminal }: Session, id: string, options: JsonOptions): Promise<ExitCode> {
  const paper = await client.call('paper.get', { id: knownForm(id), query: '' });
  terminal.out(
    options.json ? `${JSON.stringify(wholePaperForJson(paper), null, 2)}\n` : printPaper(paper, terminal.width),
  );
  return 0;
}

/** Checks that a text has the form of an id: nothing else can be one of a paper. */
export function knownForm(id: string): PaperId {
  if (paperIdSchema.safeParse(id).success) return id;
  throw new OffprintError('not-found', `There is no paper with the id ${id}.`);
}
