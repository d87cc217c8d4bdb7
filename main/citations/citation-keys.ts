import {
  type KeyedPaper,
  type KeyPattern,
  keySuffix,
  keyThatCame,
  parseKeyPattern,
} from '../../shared/citation-keys.ts';
import type { PaperId } from '../../shared/paper.ts';
import { usualKeyPattern } from '../../shared/settings.ts';
import type { Store } from '../store/store.ts';

/** A paper that can be given a key: what it is, by which ids it is known, and the key that it came with. */
export interface PaperToName extends KeyedPaper {
  id: PaperId;
  aliases?: readonly PaperId[];
  citationKey: string | null;
}

/** Gives papers keys, and keeps those that it has given once they are used. */
export interface KeyGiving {
  /** The key of a paper, from now on. At once, so that papers can be named as they are written. */
  keyOf(paper: PaperToName): string;
  /** Resolves when the keys are on the disk, in one line of the journal. To be awaited before they are handed out. */
  keep(): Promise<void>;
}

/** Where keys are kept. */
export type KeyStore = Pick<Store, 'citationKeys' | 'change' | 'readOnly' | 'settings'>;

/**
 * The citation keys of a library: each is given once, is the paper's under all ids of it, and no other paper's, letter
 * case aside. A paper that came with a key has that one unless another has it; then, as where the pattern gives
 * several papers one key, letters are put behind. Where nothing can be written, keys hold as long as the library is open.
 */
export class CitationKeys {
  readonly #store: KeyStore;
  /** Keys in small letters that papers have. Made when first needed, for there may be very many. */
  #taken: Set<string> | null = null;
  /** Given and not yet on the disk. */
  readonly #fresh = new Map<PaperId, string>();
  /** How many papers have asked for a key that another has, so that the next one need not try all letters. */
  readonly #asked = new Map<string, number>();
  #pattern: { text: string; make: KeyPattern } | null = null;

  constructor(store: KeyStore) {
    this.#store = store;
  }

  /** The key that a paper has been given; null for none yet. */
  given({ id, aliases = [] }: Pick<PaperToName, 'id' | 'aliases'>): string | null {
    const kept = this.#store.citationKeys;
    for (const name of [id, ...aliases]) {
      const key = this.#fresh.get(name) ?? kept.get(name);
      if (key !== undefined) return key;
    }
    return null;
  }

  /** Begins to give keys. */
  begin(): KeyGiving {
    return { keyOf: (paper) => this.#keyOf(paper), keep: () => this.#keep() };
  }

  #keyOf(paper: PaperToName): string {
    const given = this.given(paper);
    if (given !== null) return given;
    const came = paper.citationKey === null ? '' : keyThatCame(paper.citationKey);
    const wanted = came === '' ? this.#patterned(paper) : came;
    const hasLetters = (key: string) => /[A-Za-z]/.test(key);
    // Of a paper that has nothing of what the pattern wants there is still the title.
    const named = hasLetters(wanted) ? wanted : `${byTitle(paper)}${wanted}`;
    const key = this.#unique(hasLetters(named) ? named : `paper${named}`);
    this.#fresh.set(paper.id, key);
    return key;
  }

  #unique(wanted: string): string {
    this.#taken ??= new Set([...this.#store.citationKeys.values()].map((key) => key.toLowerCase()));
    const folded = wanted.toLowerCase();
    let number = this.#asked.get(folded) ?? 0;
    while (this.#taken.has(`${folded}${keySuffix(number)}`)) number += 1;
    this.#asked.set(folded, number + 1);
    const key = `${wanted}${keySuffix(number)}`;
    this.#taken.add(key.toLowerCase());
    return key;
  }

  /** Of a pattern that cannot be understood, the usual one stands in. */
  #patterned(paper: PaperToName): string {
    const text = this.#store.settings.citationKeys;
    if (this.#pattern?.text !== text) this.#pattern = { text, make: patternOf(text) };
    return this.#pattern.make(paper);
  }

  async #keep(): Promise<void> {
    if (this.#fresh.size === 0 || this.#store.readOnly !== null) return;
    const citationKeys = new Map(this.#fresh);
    // Where this fails, they are still to be kept.
    await this.#store.change({ citationKeys });
    for (const [id, key] of citationKeys) if (this.#fresh.get(id) === key) this.#fresh.delete(id);
  }
}

const byTitle = patternOf('[title1]');

function patternOf(text: string): KeyPattern {
  const parsed = parseKeyPattern(text);
  if ('make' in parsed) return parsed.make;
  const usual = parseKeyPattern(usualKeyPattern);
  if ('make' in usual) return usual.make;
  throw new Error(usual.error);
}
