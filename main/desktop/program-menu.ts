import type { CommandId } from '../../shared/commands.ts';
import type { Handlers } from '../../shared/contract.ts';
import { setApplicationMenu } from './application-menu.ts';
import type { MenuFacts } from './menu-state.ts';

/** The application menu, which goes by what the library and the page say. */
export interface ProgramMenu {
  /** The library's handlers, with `menu.follow` heard here. */
  handlers: Handlers;
  /** Tells it of the library. */
  follow(library: MenuFacts['library']): void;
  /** Tells it that the page is gone, or a new one there that has not said anything yet; or the window closed. */
  forget(page: 'closed' | null): void;
}

/**
 * Puts the application menu up.
 * @param library how the library is now
 * @param choose called with the command whose entry was chosen
 */
export function programMenu(
  handlers: Handlers,
  library: MenuFacts['library'],
  choose: (id: CommandId) => void,
): ProgramMenu {
  const show = setApplicationMenu(choose);
  let facts: MenuFacts = { library, page: null };
  const change = (some: Partial<MenuFacts>) => {
    facts = { ...facts, ...some };
    show(facts);
  };
  change({});
  return {
    handlers: {
      ...handlers,
      'menu.follow': async (page) => {
        change({ page });
        return {};
      },
    },
    follow: (changed) => change({ library: changed }),
    forget: (page) => change({ page }),
  };
}
