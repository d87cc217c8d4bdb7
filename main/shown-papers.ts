import type { Handlers } from '../shared/contract.ts';
import { OffprintError } from '../shared/outcome.ts';
import type { Paper, PaperId, Row } from '../shared/paper.ts';
import { parseQuery } from '../shared/query.ts';
import { queryOfView } from '../shared/views.ts';
import type { Corpus, CorpusPaper, CorpusRow } from './corpus/corpus.ts';
import { combinedRecord, type MarkTarget, type RecordOf } from './store/combined.ts';
import { marksOf } from './store/records.ts';

/** The calls that only show something. */
export type ShowingHandlers = Pick<
  Handlers,
  | 'list.open'
  | 'list.rows'
  | 'list.indexOf'
  | 'list.close'
  | 'paper.get'
  | 'sources.impact'
  | 'duplicates.list'
  | 'changes.list'
>;

/** Papers as a reader sees them: what the corpus knows, and beside it what the reader has said. */
export class ShownPapers {
  readonly #corpus: Corpus;
  readonly #recordOf: RecordOf;

  constructor(corpus: Corpus, recordOf: RecordOf) {
    this.#corpus = corpus;
    this.#recordOf = recordOf;
  }

  get handlers(): ShowingHandlers {
    const corpus = this.#corpus;
    return {
      'list.open': async ({ view, query, sort, limit }) => {
        const viewQuery = queryOfView(view);
        if (viewQuery === null) throw new OffprintError('not-found', `There is no view “${view}”.`);
        const queries = [viewQuery, query].filter((text) => text.trim() !== '').map(parseQuery);
        const opened = await corpus.openList({ queries, sort, limit });
        return { ...opened, rows: this.#rows(opened.rows) };
      },
      'list.rows': async ({ result, offset, limit }) => ({
        rows: this.#rows(await corpus.rows(result, offset, limit)),
      }),
      'list.indexOf': async ({ result, id }) => ({ index: await corpus.indexOf(result, id) }),
      'list.close': async ({ result }) => {
        await corpus.closeList(result);
        return {};
      },
      'paper.get': async ({ id, query }) => {
        const paper = await corpus.paper(id, parseQuery(query));
        if (!paper) throw unknownPaper(id);
        return this.#paper(paper);
      },
      'sources.impact': ({ source }) => corpus.sourceImpact(source),
      'duplicates.list': async ({ offset, limit }) => {
        const { total, groups } = await corpus.duplicates(offset, limit);
        return {
          total,
          groups: groups.map(({ papers, reason }) => ({ papers: papers.map((paper) => this.#paper(paper)), reason })),
        };
      },
      'changes.list': async ({ limit }) => ({ changes: await corpus.changes(limit) }),
    };
  }

  /** Where the reader's records of papers stand. Rejects with `not-found` when there is no such paper. */
  async targets(ids: readonly PaperId[]): Promise<MarkTarget[]> {
    const known = await this.#corpus.resolve(ids);
    return ids.map((id) => {
      const target = known.get(id);
      if (target === undefined) throw unknownPaper(id);
      return target;
    });
  }

  #record(target: MarkTarget) {
    return combinedRecord(target, this.#recordOf).record;
  }

  #rows(rows: readonly CorpusRow[]): Row[] {
    return rows.map(({ markedAs, ...row }) => ({ ...row, ...marksOf(this.#record({ id: row.id, markedAs })) }));
  }

  #paper({ markedAs, ...paper }: CorpusPaper): Paper {
    const record = this.#record({ id: paper.id, markedAs });
    return { ...paper, ...marksOf(record), note: record?.note ?? '', noteChangedAt: record?.noteChangedAt ?? null };
  }
}

function unknownPaper(id: PaperId): OffprintError {
  return new OffprintError('not-found', `There is no paper with the id ${id}.`);
}
