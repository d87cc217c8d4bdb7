import { failureOf } from '../../shared/outcome.ts';
import type { Asked } from './asked.ts';
import { OpenQueue } from './open-queue.ts';
import { requestsFor, type TakeFiles } from './requests.ts';

/** Things that were asked for in one go, and the folder that relative paths among them are meant from. */
export interface Asking {
  asked: readonly Asked[];
  folder: string;
}

/** The library that what was asked for is opened in. */
interface Library {
  takeFiles: TakeFiles;
  queue: OpenQueue;
}

/**
 * What Offprint was asked to open, from its first line on: it waits until there is a library to open it in, is
 * checked then, and waits for a window.
 */
export class Opening {
  #early: Asking[] = [];
  #library: Library | null = null;
  #last: Promise<void> = Promise.resolve();

  /** Asks to open something. */
  ask(asking: Asking): void {
    if (asking.asked.length === 0) return;
    if (this.#library) this.#check(asking, this.#library);
    else this.#early.push(asking);
  }

  /**
   * Begins to check what was asked for, now that there is a library.
   * @param tell called whenever there is something to be taken
   * @returns what a window takes from
   */
  begin(takeFiles: TakeFiles, tell: () => void): OpenQueue {
    const library = { takeFiles, queue: new OpenQueue(tell) };
    this.#library = library;
    for (const asking of this.giveUp()) this.#check(asking, library);
    return library.queue;
  }

  /** What there was no library for, to be given to another Offprint; nothing is left of it here. */
  giveUp(): Asking[] {
    return this.#early.splice(0);
  }

  /** Resolves when everything asked for so far has been checked. */
  settled(): Promise<void> {
    return this.#last;
  }

  /** One after the other, so that what was asked for first comes first. */
  #check({ asked, folder }: Asking, { takeFiles, queue }: Library): void {
    this.#last = this.#last
      .then(async () => queue.put(await requestsFor(asked, folder, takeFiles)))
      .catch((error: unknown) => queue.put([{ kind: 'refused', message: failureOf(error).message }]));
  }
}
