import { app } from './double/app.ts';
import { ipcMain } from './double/ipc-main.ts';
import { loud } from './double/loud.ts';
import { Menu, MenuItem } from './double/menu.ts';
import { protocol, session } from './double/session.ts';
import { clipboard, dialog, nativeImage, nativeTheme, powerMonitor, screen, shell } from './double/system.ts';
import { BrowserWindow } from './double/window.ts';

/**
 * What stands in the place of Electron's module in the program under test. A name that is not here is a name that the
 * program cannot import: the start fails and says which.
 */
export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
};

export default loud('electron', {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
});
