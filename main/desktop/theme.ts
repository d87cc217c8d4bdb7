import { BrowserWindow, nativeTheme } from 'electron';
import type { Settings } from '../../shared/settings.ts';

/** `--paper` of the window's style sheet, light and dark, which the window wears until it is drawn. */
const paper = { light: '#fcfaf6', dark: '#1a1816' } as const;

/** Where Windows has a few colours take the place of all others, the page is on one of these. */
const forced = { light: '#ffffff', dark: '#000000' } as const;

/** The colour behind the page, as the theme is now. */
export function windowBackground(): string {
  if (nativeTheme.inForcedColorsMode) return nativeTheme.shouldUseDarkColors ? forced.dark : forced.light;
  return nativeTheme.shouldUseDarkColors ? paper.dark : paper.light;
}

/** Gives the whole program the theme of the settings: menus, dialogs, scroll bars and the page. */
export function setTheme(theme: Settings['theme']): void {
  if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme;
}

/** Keeps the colour behind the page in step with the theme, the system's included. */
export function followTheme(): void {
  nativeTheme.on('updated', () => {
    for (const window of BrowserWindow.getAllWindows()) window.setBackgroundColor(windowBackground());
  });
}
