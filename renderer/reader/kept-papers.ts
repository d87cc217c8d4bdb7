import type { Client } from '../../shared/client.ts';
import type { Paper, PaperId } from '../../shared/paper.ts';
import type { NoteSaver } from './note-saver.ts';

/** Papers kept at a time, a few kilobytes each; the one asked for longest ago goes first. */
const mostPapers = 100;

/** A paper as the library gave it, and the stamp of its note from before it was asked. */
export interface LoadedPaper {
  paper: Paper;
  stamp: number;
}

/** What papers are asked for with. With another query or revision each of them may be another. */
export interface Asking {
  /** The search text, whose words the library finds in the paper. */
  query: string;
  /** Grows when papers may have changed. */
  revision: number;
}

/**
 * The papers that were shown lately, or may be shown next, so that going to one of them need not wait for the
 * library. All of them are as of one query and one revision.
 */
export class KeptPapers {
  readonly #client: Client;
  readonly #saver: NoteSaver;
  #asking: Asking = { query: '', revision: Number.NaN };
  /** The one asked for longest ago first. */
  #papers = new Map<PaperId, LoadedPaper>();
  #coming = new Map<PaperId, Promise<LoadedPaper>>();

  /** @param saver of the notes of the papers */
  constructor(client: Client, saver: NoteSaver) {
    this.#client = client;
    this.#saver = saver;
  }

  /** The paper if it is here, as of this query and this revision; else null. */
  kept(id: PaperId, { query, revision }: Asking): LoadedPaper | null {
    const isSame = this.#asking.query === query && this.#asking.revision === revision;
    return (isSame && this.#papers.get(id)) || null;
  }

  /**
   * Asks the library for a paper, whether it is here or not, unless that is being done already. The same
   * paper comes as the same object.
   * @throws OffprintError what the library answers instead
   */
  ask(id: PaperId, asking: Asking): Promise<LoadedPaper> {
    const { query, revision } = asking;
    if (this.#asking.query !== query || this.#asking.revision !== revision) {
      this.#asking = { query, revision };
      this.#papers = new Map();
      this.#coming = new Map();
    }
    const coming = this.#coming.get(id);
    if (coming) return coming;
    // Those of before a change are let go with the answers that were still to come for them.
    const [papers, answers] = [this.#papers, this.#coming];
    const stamp = this.#saver.stamp(id);
    const answer = this.#client
      .call('paper.get', { id, query: query.slice(0, 10_000) })
      .then((paper) => keep(papers, id, { paper, stamp }))
      .finally(() => answers.delete(id));
    answers.set(id, answer);
    return answer;
  }

  /** Asks for those of the papers that are not here. What fails is asked for again, and says why, when it is wanted. */
  askAhead(ids: readonly PaperId[], asking: Asking): void {
    for (const id of ids) if (this.kept(id, asking) === null) this.ask(id, asking).catch(() => {});
  }
}

function keep(papers: Map<PaperId, LoadedPaper>, id: PaperId, loaded: LoadedPaper): LoadedPaper {
  const before = papers.get(id);
  const isSame = before && JSON.stringify(before.paper) === JSON.stringify(loaded.paper);
  const kept = !isSame ? loaded : before.stamp === loaded.stamp ? before : { ...loaded, paper: before.paper };
  papers.delete(id);
  papers.set(id, kept);
  const [oldest] = papers.keys();
  if (papers.size > mostPapers && oldest !== undefined) papers.delete(oldest);
  return kept;
}
