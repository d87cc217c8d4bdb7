import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { app, BrowserWindow, nativeTheme } from './electron-double.ts';
import { followTheme, setTheme, windowBackground } from './theme.ts';

vi.mock('electron', () => import('./electron-double.ts'));

app.becomeReady();

/** `oklch()` to `#rrggbb`, after Björn Ottosson's definition of Oklab. */
function hexOf(lightness: number, chroma: number, hue: number): string {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const bytes = linear.map((value) => {
    const encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
    return Math.round(Math.max(0, Math.min(1, encoded)) * 255);
  });
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

test('the window wears the paper of its style sheet before it is drawn', () => {
  const tokens = readFileSync(join(import.meta.dirname, '../../renderer/styles/tokens.css'), 'utf8');
  const number = String.raw`([\d.]+)`;
  const oklch = String.raw`oklch\(${number} ${number} ${number}\)`;
  const paper = new RegExp(String.raw`--paper: light-dark\(${oklch}, ${oklch}\)`).exec(tokens);
  const [l1 = 0, c1 = 0, h1 = 0, l2 = 0, c2 = 0, h2 = 0] = paper?.slice(1).map(Number) ?? [];
  setTheme('light');
  expect(windowBackground()).toBe(hexOf(l1, c1, h1));
  setTheme('dark');
  expect(windowBackground()).toBe(hexOf(l2, c2, h2));
});

test('the settings decide, and "system" leaves it to the system', () => {
  setTheme('system');
  expect(nativeTheme.themeSource).toBe('system');
  nativeTheme.systemIsDark = true;
  const dark = windowBackground();
  setTheme('light');
  expect(windowBackground()).not.toBe(dark);
});

test('where the system forces its colours, it wears none of ours', () => {
  nativeTheme.inForcedColorsMode = true;
  setTheme('dark');
  expect(windowBackground()).toBe('#000000');
  setTheme('light');
  expect(windowBackground()).toBe('#ffffff');
  nativeTheme.inForcedColorsMode = false;
  expect(windowBackground()).not.toBe('#ffffff');
});

test('an open window follows', () => {
  followTheme();
  setTheme('light');
  const window = new BrowserWindow();
  setTheme('dark');
  expect(window.background).toBe(windowBackground());
  window.destroy();
});
