import type { CommandId } from '../../shared/commands.ts';
import type { Handlers } from '../../shared/contract.ts';

/** Most commands that wait for a page. */
const mostWaiting = 10;

/** How commands reach the page, be the window open or not. */
export interface PageCommands {
  /** The library's handlers, by which it is heard that a page is ready for commands: it asks `opening.take`. */
  handlers: Handlers;
  /** Gives the page a command; where there is no window (macOS), opens one first. */
  give(id: CommandId): void;
}

/** What {@link pageCommands} needs of the window. */
export interface CommandWindow {
  isOpen(): boolean;
  /** Opens the window, or brings it to the front. */
  show(): void;
  send(event: 'command', payload: { id: CommandId }): void;
}

/** See {@link PageCommands}. */
export function pageCommands(handlers: Handlers, window: CommandWindow): PageCommands {
  let waiting: CommandId[] = [];
  return {
    handlers: {
      ...handlers,
      'opening.take': async (input) => {
        const answer = await handlers['opening.take'](input);
        const due = waiting;
        waiting = [];
        // After the answer: what was to be opened comes first.
        setImmediate(() => {
          for (const id of due) window.send('command', { id });
        });
        return answer;
      },
    },
    give(id) {
      if (window.isOpen() && waiting.length === 0) {
        window.send('command', { id });
        return;
      }
      waiting = [...waiting, id].slice(-mostWaiting);
      window.show();
    },
  };
}
