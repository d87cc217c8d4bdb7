import { EventEmitter } from 'node:events';
import type { Handlers } from '../../shared/contract.ts';

/** How long a closing window may take to save what was typed, in milliseconds. */
export const flushPatience = 3000;

/** Waits for a page to say that it has saved everything. */
export interface FlushSignal {
  /** The library's handlers, with `session.flushed` heard here on its way. */
  handlers: Handlers;
  /**
   * Resolves when the page next says so, with how many notes it could not save; with null when
   * {@link flushPatience} is over.
   */
  flushed(): Promise<number | null>;
}

/** Listens for `session.flushed` among the calls to a library. */
export function flushSignal(handlers: Handlers): FlushSignal {
  const emitter = new EventEmitter();
  return {
    handlers: {
      ...handlers,
      'session.flushed': async (input) => {
        const answer = await handlers['session.flushed'](input);
        emitter.emit('flushed', input.unsaved);
        return answer;
      },
    },
    flushed: () =>
      new Promise((resolve) => {
        const done = (unsaved: number | null) => {
          clearTimeout(timer);
          emitter.off('flushed', done);
          resolve(unsaved);
        };
        const timer = setTimeout(done, flushPatience, null);
        emitter.once('flushed', done);
      }),
  };
}
