import * as z from 'zod';
import { paperIdSchema } from '../../shared/paper.ts';

const rememberedSchema = z.object({ paper: paperIdSchema.nullable(), query: z.string().max(10_000) });

/** What a window takes up again when its page is loaded anew: the paper in the reader and the search. */
export type Remembered = z.infer<typeof rememberedSchema>;

const key = 'offprint-window';

/** Where a reloaded page finds what it showed; of this window alone, and gone when that closes. */
export class TabMemory {
  readonly #storage: () => Pick<Storage, 'getItem' | 'setItem'>;

  /** @param storage gives the place to keep it; may throw, as `sessionStorage` does where it is blocked */
  constructor(storage: () => Pick<Storage, 'getItem' | 'setItem'>) {
    this.#storage = storage;
  }

  /** What was kept last, or null. What cannot be read counts as nothing. */
  read(): Remembered | null {
    try {
      return rememberedSchema.safeParse(JSON.parse(this.#storage().getItem(key) ?? 'null')).data ?? null;
    } catch {
      return null;
    }
  }

  /** Keeps what is shown, as far as the browser lets it. */
  keep(shown: Remembered): void {
    try {
      this.#storage().setItem(key, JSON.stringify(shown));
    } catch {
      // A browser that keeps nothing starts at the first paper, as it always did.
    }
  }
}
