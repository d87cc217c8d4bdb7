import type { Handlers } from '../shared/contract.ts';
import type { CitationStyle } from '../shared/export-formats.ts';
import type { Paper, PaperId } from '../shared/paper.ts';
import { CitationKeys, type KeyStore } from './citations/citation-keys.ts';
import { CitationThread } from './citations/citation-thread.ts';
import { escapedText } from './citations/escaped-text.ts';

/** The calls that say papers in the words of others' lists of references. */
export type CitationCalls = Pick<Handlers, 'citations.format' | 'citations.key'>;

/** What {@link Citations} looks things up in. */
export interface CitationParts {
  store: KeyStore;
  /** A paper with all that is known of it. Rejects with `not-found`. */
  paper(id: PaperId): Promise<Paper>;
}

/** Citation keys and formatted citations of a library's papers. */
export class Citations {
  readonly keys: CitationKeys;
  readonly #parts: CitationParts;
  readonly #thread = new CitationThread();

  constructor(parts: CitationParts) {
    this.#parts = parts;
    this.keys = new CitationKeys(parts.store);
  }

  get handlers(): CitationCalls {
    return {
      'citations.format': ({ ids, style }) => this.#format(ids, style),
      'citations.key': async ({ id }) => {
        const giving = this.keys.begin();
        const key = giving.keyOf(await this.#parts.paper(id));
        await giving.keep();
        return { key };
      },
    };
  }

  /** Stops what is under way. */
  close(): Promise<void> {
    return this.#thread.close();
  }

  async #format(ids: readonly PaperId[], style: CitationStyle): Promise<{ text: string; html: string }> {
    const papers = new Map<PaperId, Paper>();
    for (const id of ids) {
      const paper = await this.#parts.paper(id);
      // Two ids may be one paper's.
      papers.set(paper.id, paper);
    }
    if (style !== 'bibtex') {
      const { cslItem } = await import('./exporters/csl-item.ts');
      return this.#thread.format(
        Array.from(papers.values(), (paper, at) => cslItem(paper, String(at))),
        style,
      );
    }
    const giving = this.keys.begin();
    const { bibtex } = await import('./exporters/bibtex.ts');
    const keys = (paper: Parameters<typeof giving.keyOf>[0]) => giving.keyOf(paper);
    const options = { keys, notes: false, exportedAt: Date.now(), isFile: false };
    let text = '';
    for await (const piece of bibtex(papers.values(), options)) text += piece;
    await giving.keep();
    return { text: text.trimEnd(), html: escapedText(text.trimEnd()).replaceAll('\n', '<br>\n') };
  }
}
