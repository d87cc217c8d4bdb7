import { OffprintError } from '../../shared/outcome.ts';
import type { Paper, PaperId } from '../../shared/paper.ts';
import { settingsSchema } from '../../shared/settings.ts';
import { CitationKeys } from '../citations/citation-keys.ts';
import { exportedPaper } from '../exporters/papers-for-tests.ts';
import { type CitationKeys as Keys, type PaperRecord, withKeys } from '../store/library-data.ts';
import type { MarkdownFolderParts } from './markdown-folder.ts';

/** A library in memory that a folder can be kept of. */
export class LibraryForFolder {
  readonly papers = new Map<PaperId, Paper>();
  readonly records = new Map<PaperId, PaperRecord>();

  /** Puts in a paper, or says something else of it. */
  say(id: PaperId, said: Partial<Paper> = {}): void {
    const { note = '' } = said;
    this.papers.set(id, {
      ...exportedPaper({ id, title: `Paper ${id}`, authors: ['Ada Li'] }),
      ...said,
      note,
    } as Paper);
    this.records.set(id, { changedAt: 1, note });
  }

  /** Parts that read it. Keys are `keyLi`, `keyLia`, …; time stands still, and nothing is told. */
  parts(): Omit<MarkdownFolderParts, 'setting'> {
    const { papers, records } = this;
    const store = {
      citationKeys: new Map() as Keys,
      readOnly: null,
      settings: settingsSchema.parse({ citationKeys: 'key[auth]' }),
      change: async ({ citationKeys }: { citationKeys?: Keys }) => {
        if (citationKeys) store.citationKeys = withKeys(store.citationKeys, citationKeys);
      },
    };
    return {
      records: () => records,
      corpus: {
        resolve: async (ids) => new Map(ids.filter((id) => papers.has(id)).map((id) => [id, { id, markedAs: [] }])),
        openList: async () => ({ result: 1, total: papers.size, complete: true, order: 'sort', rows: [] }),
        settled: async () => papers.size,
        ids: async (_, ranges) => ranges.flatMap(([from, to]) => [...papers.keys()].slice(from, to)),
        closeList: async () => {},
      },
      paper: async (id) => {
        const found = papers.get(id);
        if (!found) throw new OffprintError('not-found', 'gone');
        return found;
      },
      keys: new CitationKeys(store),
      image: async () => null,
      tell: () => {},
      clock: { now: () => 0, later: () => () => {} },
    };
  }
}
