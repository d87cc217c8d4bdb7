import { type CallName, callNames, type EventPayload, type Handlers, type ParsedInput } from '../shared/contract.ts';
import { failureOf, OffprintError } from '../shared/outcome.ts';
import type { OnLibraryEvent } from './announcer.ts';
import type { Replacement } from './backups.ts';
import { plainHostCalls } from './host-calls.ts';
import { openLibrary } from './library.ts';
import type { LeftBehind, Library, LibraryOptions, ReplaceableLibrary } from './library-interface.ts';
import { changesData } from './read-only-calls.ts';
import { windowMemory } from './window-memory.ts';

/**
 * Opens the library in a data folder, as `openLibrary` does, so that a backup can be restored into it
 * while windows look at it: the library inside is closed, another takes its place and is opened, and
 * whoever holds this one notices no more than that everything has changed. Calls made meanwhile wait.
 * Result sets of the library before are not open any more (`not-found`).
 * @throws OffprintError as `openLibrary` does
 */
export async function openReopenableLibrary(options: LibraryOptions): Promise<Library> {
  const library = new ReopenableLibrary(options);
  await library.open();
  return library;
}

/** Somebody who listens to whichever library there is. */
interface Listening {
  attach(inside: ReplaceableLibrary): void;
  /** Only for `library.changed`. */
  changed(payload: EventPayload<'library.changed'>): void;
}

class ReopenableLibrary implements Library {
  readonly handlers: Handlers;
  readonly #options: LibraryOptions;
  readonly #listening = new Set<Listening>();
  #dataFolder = '';
  /** The library that is open; null while another takes its place. */
  #open: ReplaceableLibrary | null = null;
  /** The library that there is, or will be in a moment. */
  #inside: Promise<ReplaceableLibrary>;
  #closing: Promise<void> | null = null;

  constructor(options: LibraryOptions) {
    this.#options = options;
    this.#inside = Promise.reject(new OffprintError('refused', 'The library is not open yet.'));
    this.#inside.catch(() => {});
    this.handlers = {
      ...(Object.fromEntries(callNames.map((name) => [name, this.#handler(name)])) as Handlers),
      // Windows stay where they are while the library behind them becomes another.
      ...windowMemory(),
      ...plainHostCalls(),
    };
  }

  async open(): Promise<void> {
    this.#inside = this.#openInside();
    this.#dataFolder = (await this.#inside).dataFolder;
  }

  get dataFolder(): string {
    return this.#dataFolder;
  }

  readonly on: OnLibraryEvent = (event, listener) => {
    let stop = () => {};
    const listening: Listening = {
      attach: (inside) => {
        stop = inside.on(event, listener);
      },
      changed: (payload) => {
        if (event === 'library.changed') listener(payload as EventPayload<typeof event>);
      },
    };
    this.#listening.add(listening);
    if (this.#open) listening.attach(this.#open);
    return () => {
      this.#listening.delete(listening);
      stop();
    };
  };

  get backups(): Library['backups'] {
    return {
      write: async (...given) => (await this.#inside).backups.write(...given),
      compare: async (...given) => (await this.#inside).backups.compare(...given),
      check: async (...given) => (await this.#inside).backups.check(...given),
      restore: async (...given) => (await this.#inside).backups.restore(...given),
    };
  }

  get exports(): Library['exports'] {
    const inside = () => this.#inside;
    return {
      write: async (...given) => (await inside()).exports.write(...given),
      pieces: async function* (...given) {
        yield* (await inside()).exports.pieces(...given);
      },
    };
  }

  async importFiles(...given: Parameters<Library['importFiles']>): ReturnType<Library['importFiles']> {
    return (await this.#inside).importFiles(...given);
  }

  async adoptFiles(...given: Parameters<Library['adoptFiles']>): Promise<string[]> {
    return (await this.#inside).adoptFiles(...given);
  }

  async stopImport(): Promise<void> {
    await (await this.#inside).stopImport();
  }

  async papersBack(): Promise<void> {
    await (await this.#inside).papersBack();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const inside = await this.#inside.catch(() => null);
    this.#listening.clear();
    await inside?.close();
  }

  async #openInside(before: LeftBehind | null = null): Promise<ReplaceableLibrary> {
    const reopen = (replacement: Replacement) => this.#replace(replacement);
    const inside = await openLibrary({ ...this.#options, reopen, before });
    this.#open = inside;
    for (const listening of this.#listening) listening.attach(inside);
    return inside;
  }

  /** See `Reopen`. */
  async #replace(replacement: Replacement): Promise<void> {
    const old = await this.#inside;
    const opened = Promise.withResolvers<ReplaceableLibrary>();
    opened.promise.catch(() => {});
    this.#inside = opened.promise;
    this.#open = null;
    try {
      const { inside, refusal } = await this.#exchange(await old.leave(), replacement);
      opened.resolve(inside);
      const state = await inside.handlers['library.state']({});
      for (const { changed } of this.#listening) changed({ state, rows: true });
      if (refusal !== null) throw refusal;
    } catch (error) {
      // Where neither of them could be opened, every call is told so from now on.
      opened.reject(error);
      if (this.#open === null) await old.close().catch(() => {});
      throw error;
    }
  }

  /** Opens another library, or the one before where that is refused: and why, then. */
  async #exchange(
    left: LeftBehind,
    { putIn, putBack, settle }: Replacement,
  ): Promise<{ inside: ReplaceableLibrary; refusal: unknown }> {
    let isIn = false;
    try {
      await putIn();
      isIn = true;
      const inside = await this.#openInside(left);
      // A plan that stays is carried out at the next opening, when there is nothing left to do.
      await settle().catch(() => {});
      return { inside, refusal: null };
    } catch (refusal) {
      // What can neither be put in nor taken back is opened for reading only.
      const stuck = isIn ? await putBack().catch((error: unknown) => error) : null;
      return { inside: await this.#openInside({ ...left, isBack: true }), refusal: stuck ?? refusal };
    }
  }

  #handler<N extends CallName>(name: N): Handlers[N] {
    return (async (input: ParsedInput<N>) => {
      for (;;) {
        const at = this.#inside;
        const inside = await at;
        try {
          return await (inside.handlers[name] as Handlers[CallName])(input as never);
        } catch (error) {
          // What was only asked for is asked of the library that has taken the place of the one it was asked of.
          const wasClosed = at !== this.#inside && failureOf(error).code === 'internal';
          if (!wasClosed || changesData(name)) throw error;
        }
      }
    }) as Handlers[N];
  }
}
