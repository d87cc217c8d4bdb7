import type { MarkChange } from '../../shared/contract.ts';
import { longestQuery, mostIds, mostRows } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { type PaperId, paperIdSchema } from '../../shared/paper.ts';
import type { Sort } from '../../shared/settings.ts';
import { paperForJson, printPaper, printRows, wholePaperForJson } from './print-papers.ts';
import type { ExitCode, JsonOptions, Session } from './session.ts';

/** Options of `list`. */
export interface ListOptions extends JsonOptions {
  sort?: Sort;
  limit?: number;
  offset: number;
}

/** Prints the papers that a query finds, page by page, so that a library of any size can be listed. */
export async function listPapers(session: Session, query: string, options: ListOptions): Promise<ExitCode> {
  const { client, terminal } = session;
  if (query.length > longestQuery) {
    throw new OffprintError(
      'bad-input',
      `The query is too long: ${query.length} characters, and at most ${longestQuery} can be searched for.`,
    );
  }
  const { result, total } = await client.call('list.open', { view: 'all', query, sort: options.sort ?? [], limit: 0 });
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
  else if (total === 0) terminal.err(query.trim() === '' ? 'The library is empty.' : 'No paper matches.');
  return 0;
}

/** Prints one paper, whole. */
export async function showPaper({ client, terminal }: Session, id: string, options: JsonOptions): Promise<ExitCode> {
  const paper = await client.call('paper.get', { id: knownForm(id), query: '' });
  terminal.out(
    options.json ? `${JSON.stringify(wholePaperForJson(paper), null, 2)}\n` : printPaper(paper, terminal.width),
  );
  return 0;
}

/** Changes the marks of papers in one step, or of none when one of them does not exist. */
export async function markPapers({ client, terminal }: Session, ids: string[], change: MarkChange): Promise<ExitCode> {
  if (ids.length > mostIds) {
    throw new OffprintError(
      'bad-input',
      `${ids.length} papers are too many for one command: at most ${mostIds}. Nothing was changed.`,
    );
  }
  const { label } = await client.call('papers.mark', { selection: { ids: ids.map(knownForm) }, change });
  terminal.out(`${label}.\n`);
  return 0;
}

/** Checks that a text has the form of an id: nothing else can be one of a paper. */
export function knownForm(id: string): PaperId {
  if (paperIdSchema.safeParse(id).success) return id;
  throw new OffprintError('not-found', `There is no paper with the id ${id}.`);
}
