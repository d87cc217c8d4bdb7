import type { Duplicates } from '../../shared/contract.ts';
import type { Paper, PaperId } from '../../shared/paper.ts';
import { statusLabels } from '../../shared/paper.ts';
import { publishedDate } from '../list/dates.ts';
import { counted } from './import-words.ts';
import type { Session } from './session.ts';

/** Most papers compared side by side. */
export const mostCompared = 10;

/** One line of a comparison: what each paper has in it, in the papers' order. */
export interface ComparedField {
  name: string;
  values: string[];
  /** True when the papers do not all say the same, those that say nothing left aside. Papers may come from anywhere. */
  differs: boolean;
}

const isMarked = ({ status, starred }: Paper) => status !== 'unread' || starred;
const statusWords = ({ status, starred }: Paper) =>
  starred ? `${statusLabels[status]}, starred` : statusLabels[status];

/** What papers have in common and what not, field by field; fields that none has are left out. */
export function compared(papers: readonly Paper[]): ComparedField[] {
  const fields: [string, (paper: Paper) => string][] = [
    ['Title', ({ title }) => title],
    ['Authors', ({ authors }) => authors.join(', ')],
    ['Published', ({ published }) => (published === null ? '' : publishedDate(published))],
    ['Venue', ({ venue, journalReference }) => [venue, journalReference].filter(Boolean).join(', ')],
    ['arXiv', ({ arxivId }) => arxivId ?? ''],
    ['DOI', ({ doi }) => doi ?? ''],
    ['Status', (paper) => (papers.some(isMarked) ? statusWords(paper) : '')],
    ['Tags', ({ tags }) => tags.join(', ')],
    ['Note', ({ note }) => note],
    [
      papers.every(({ sources }) => sources.length < 2) ? 'Source' : 'Sources',
      ({ sources }) => [...new Set(sources.map(({ name }) => name))].join(', '),
    ],
    // Last, because it is long: all the rest is then seen at one look.
    ['Abstract', ({ abstract }) => abstract ?? ''],
  ];
  return fields.flatMap(([name, read]) => {
    const values = papers.map(read);
    const said = new Set(values.filter((value) => value !== '').map((value) => value.replaceAll(/\s+/g, ' ').trim()));
    const differs = said.size > 1 && !name.startsWith('Source');
    return said.size === 0 ? [] : [{ name, values, differs }];
  });
}

/** An arXiv id says more surely than a DOI which paper it is, and both more surely than a title. */
function surestFirst(ids: readonly PaperId[]): PaperId[] {
  const rank = (id: PaperId) => ['arxiv:', 'doi:', 'title:'].findIndex((kind) => id.startsWith(kind));
  return ids.toSorted((a, b) => rank(a) - rank(b));
}

/** What the reader does about papers that are the same, or may be. */
export class PaperDuplicates {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** The `at`th group of papers that may be the same, and how many groups there are. */
  async group(at: number): Promise<{ total: number; group: Duplicates | null }> {
    const { total, groups } = await this.#session.client.call('duplicates.list', { offset: at, limit: 1 });
    return { total, group: groups[0] ?? null };
  }

  /** Makes papers one, which keeps the surest of their ids. @returns whether it was done */
  async merge(ids: readonly PaperId[]): Promise<boolean> {
    const { client, toasts, list } = this.#session;
    try {
      const { change } = await client.call('papers.merge', { ids: surestFirst(ids) });
      toasts.show('done', `Merged ${counted(ids.length, 'paper')}`, {
        topic: 'import',
        action: { label: 'Undo', run: () => void this.#session.undoChange(change) },
      });
      list.refresh();
      return true;
    } catch (error) {
      toasts.fail(error);
      return false;
    }
  }

  /** Remembers that papers are not the same. @returns whether it was done */
  async dismiss(ids: readonly PaperId[]): Promise<boolean> {
    try {
      await this.#session.client.call('duplicates.dismiss', { ids: [...ids] });
      return true;
    } catch (error) {
      this.#session.toasts.fail(error);
      return false;
    }
  }

  /** Opens the comparison of the selected papers, from which they can be merged. */
  async compareSelected(): Promise<void> {
    const { client, store, toasts, papers } = this.#session;
    const { result } = store.get().list;
    const ranges = papers.chosen();
    const size = ranges.reduce((sum, [from, to]) => sum + to - from, 0);
    if (result === null || size < 2 || size > mostCompared) {
      const text =
        size < 2 ? 'Select two papers or more to merge them.' : `At most ${mostCompared} papers can be merged at once.`;
      toasts.show('notice', text, { topic: 'merge' });
      return;
    }
    try {
      const rows = await Promise.all(
        ranges.map(([from, to]) => client.call('list.rows', { result, offset: from, limit: to - from })),
      );
      const ids = rows.flatMap((answer) => answer.rows.map(({ id }) => id));
      const whole = await Promise.all(ids.map((id) => client.call('paper.get', { id, query: '' })));
      // Two rows of a list that has not been refreshed can be one paper by now.
      const apart = [...new Map(whole.map((paper) => [paper.id, paper])).values()];
      if (apart.length < 2) toasts.show('notice', 'These are one paper already.', { topic: 'merge' });
      else this.#session.dialog({ kind: 'merge', papers: apart });
    } catch (error) {
      toasts.fail(error);
    }
  }
}
