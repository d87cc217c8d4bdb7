import { type BrowserWindow, session } from 'electron';
import type { Handlers, LibraryState } from '../../shared/contract.ts';
import { describeProgram } from './about.ts';
import { unreadBadge } from './badge.ts';
import { showContextMenus } from './context-menu.ts';
import { withHost } from './describe-host.ts';
import { setDockMenu } from './dock-menu.ts';
import type { MainWindow } from './main-window.ts';
import { pageCommands } from './page-commands.ts';
import { withPdf } from './pdf.ts';
import { programMenu } from './program-menu.ts';
import { followSpelling } from './spelling.ts';

/** What a desktop sees of the program beside its window: menus, and what goes by the reader's settings. */
export interface Desktop {
  /** The library's handlers, with what the desktop itself answers in their place. */
  handlers: Handlers;
  /** Keeps all of it in step with the library. */
  follow(state: LibraryState): void;
  /** Adds to a window what belongs to each. */
  attach(window: BrowserWindow): void;
}

/** What {@link joinDesktop} needs to know. */
export interface DesktopParts {
  /** The program's window. */
  window(): Pick<MainWindow, 'current' | 'send'>;
  /** Opens the window, or brings it to the front. */
  showWindow(): void;
  /** Path of the program's picture. */
  icon: string;
}

/**
 * Makes the program a part of the desktop that it runs on.
 * @param state how the library is now
 */
export function joinDesktop(handlers: Handlers, state: LibraryState, parts: DesktopParts): Desktop {
  const { window, showWindow, icon } = parts;
  describeProgram(icon);
  const commands = pageCommands(
    withPdf(withHost(handlers), () => window().current()),
    {
      isOpen: () => window().current() !== null,
      show: showWindow,
      send: (event, payload) => window().send(event, payload),
    },
  );
  const menu = programMenu(commands.handlers, state, commands.give);
  setDockMenu((id) => {
    commands.give(id);
    showWindow();
  });
  const spelling = followSpelling(session.defaultSession);
  spelling(state.settings);
  const badge = unreadBadge(() => window().current());
  badge.follow(state);
  return {
    handlers: menu.handlers,
    follow(changed) {
      menu.follow(changed);
      spelling(changed.settings);
      badge.follow(changed);
    },
    attach(made) {
      showContextMenus(made);
      badge.attach(made);
      made.webContents.on('did-start-loading', () => menu.forget(null));
      made.on('closed', () => menu.forget('closed'));
    },
  };
}
