import { EventEmitter } from 'node:events';
import type { Handlers } from '../../shared/contract.ts';

/** How long a closing window may take to save what was typed, in milliseconds. */
export const flushPatience = 3000;

/** Waits for a page to say that it has saved everything. */
export interface FlushSignal {
  /** The library's handlers, with `session.flushed` heard here on its way. */
  handlers: Handlers;
  /** Resolves when the page next says so, or when {@link flushPatience} is over. */
  flushed(): Promise<void>;
}

/** Listens for `session.flushed` among the calls to a library. */
export function flushSignal(handlers: Handlers): FlushSignal {
  const emitter = new EventEmitter();
  return {
    handlers: {
      ...handlers,
      'session.flushed': async (input) => {
        const answer = await handlers['session.flushed'](input);
        emitter.emit('flushed');
        return answer;
      },
    },
    flushed: () =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          emitter.off('flushed', done);
          resolve();
        };
        const timer = setTimeout(done, flushPatience);
        emitter.once('flushed', done);
      }),
  };
}
