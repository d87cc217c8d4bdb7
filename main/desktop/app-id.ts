import { app } from 'electron';

/** The id of the program, as it is packed with (`appId` in `electron-builder.yml`). */
export const appId = 'org.offprint.Offprint';

/**
 * Tells Windows which program this is, so that its window stands with its own shortcut in the taskbar: the installer
 * has given that the same id. Elsewhere, and in a program that is not installed, it is known by its file.
 */
export function sayAppId(): void {
  if (process.platform === 'win32' && app.isPackaged) app.setAppUserModelId(appId);
}
