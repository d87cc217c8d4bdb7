import type { Handlers } from '../../shared/contract.ts';
import type { ExportedSelection } from '../../shared/export-calls.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { Paper, PaperId } from '../../shared/paper.ts';
import type { Corpus } from '../corpus/corpus.ts';
import { exportStopped } from './trouble.ts';

/** What selected papers are read with. */
export interface PaperSource {
  handlers: Pick<Handlers, 'list.open' | 'list.settled' | 'list.close' | 'paper.get'>;
  corpus: Pick<Corpus, 'ids' | 'resolve'>;
}

/** Papers asked for at once, so that the next ones come while one is written. */
const ahead = 16;

/** Ids resolved in one message. */
const idsAtOnce = 10_000;

/**
 * The ids of the papers that are to be exported, each paper once, in their order; what is marked or imported from then
 * on changes nothing about which these are.
 * @throws OffprintError `not-found` for a paper or a view that there is none of
 */
export async function selectedIds(
  { handlers, corpus }: PaperSource,
  selection: ExportedSelection,
): Promise<readonly PaperId[]> {
  if ('ids' in selection) {
    const found = await corpus.resolve(selection.ids);
    const ids = selection.ids.map((id) => {
      const target = found.get(id);
      if (!target) throw new OffprintError('not-found', `There is no paper with the id ${id}.`);
      return target.id;
    });
    return [...new Set(ids)];
  }
  if ('ranges' in selection) return corpus.ids(selection.result, selection.ranges);
  const { result } = await handlers['list.open']({ ...selection, sort: [], limit: 0 });
  try {
    const { total } = await handlers['list.settled']({ result });
    const ids: PaperId[] = [];
    for (let from = 0; from < total; from += idsAtOnce) {
      for (const id of await corpus.ids(result, [[from, Math.min(total, from + idsAtOnce)]])) ids.push(id);
    }
    return ids;
  } finally {
    await handlers['list.close']({ result });
  }
}

/**
 * Papers one after the other, whole, as they are when their turn comes. One that has gone from the library meanwhile is
 * left out.
 * @throws OffprintError `refused` when the signal says to stop
 */
export async function* wholePapers(
  { handlers }: PaperSource,
  ids: readonly PaperId[],
  signal: AbortSignal,
): AsyncGenerator<Paper, void> {
  const get = (id: PaperId): Promise<Paper | null> =>
    handlers['paper.get']({ id, query: '' }).catch((error: unknown) => {
      if (error instanceof OffprintError && error.code === 'not-found') return null;
      throw error;
    });
  for (let from = 0; from < ids.length; from += ahead) {
    if (signal.aborted) throw exportStopped();
    for (const paper of await Promise.all(ids.slice(from, from + ahead).map(get))) {
      if (paper) yield paper;
    }
  }
  if (signal.aborted) throw exportStopped();
}
