import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepOnDisplays, workAreas } from './displays.ts';
import { app, displays, BrowserWindow as FakeWindow, screen } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));

app.becomeReady();

const first = { x: 0, y: 0, width: 1920, height: 1040 };
const second = { x: 1920, y: 0, width: 2560, height: 1440 };
const onSecond = { x: 2500, y: 200, width: 1400, height: 900 };
let window: FakeWindow;

beforeEach(() => {
  displays.splice(0, 2, { id: 1, workArea: first }, { id: 2, workArea: second });
  window = new FakeWindow(onSecond);
  keepOnDisplays(window as unknown as BrowserWindow);
});

afterEach(() => {
  window.destroy();
  displays.length = 1;
});

function takeAway(): void {
  displays.length = 1;
  screen.emit('display-removed', {}, {});
}

test('the primary display comes first, wherever it is listed', () => {
  expect(workAreas()).toEqual([first, second]);
});

test('a window on a display that goes comes to the one that is left', () => {
  takeAway();
  expect(window.bounds).toEqual({ x: 260, y: 70, width: 1400, height: 900 });
});

test('a window on a display that stays is not touched', () => {
  window.bounds = { x: -300, y: 20, width: 800, height: 600 };
  takeAway();
  expect(window.did).toEqual([]);
});

test('a window that no longer fits on its display, the scale having changed, is made to', () => {
  const [, display] = displays;
  if (display) display.workArea = { x: 1920, y: 0, width: 1280, height: 720 };
  screen.emit('display-metrics-changed', {}, {}, ['workArea', 'scaleFactor']);
  expect(window.bounds).toEqual({ x: 1920, y: 0, width: 1280, height: 720 });
});

test.each([
  ['maximized', 'unmaximize'],
  ['fullScreen', 'leave-full-screen'],
  ['minimized', 'restore'],
] as const)('one that is %s is brought back when it is that no more', (state, event) => {
  window[state] = true;
  takeAway();
  expect(window.did).toEqual([]);
  window[state] = false;
  window.emit(event);
  expect(window.bounds.x).toBe(260);
});

test('a window that is gone listens no more', () => {
  window.destroy();
  expect(screen.listenerCount('display-removed') + screen.listenerCount('display-metrics-changed')).toBe(0);
});
