import { expect, test, vi } from 'vitest';
import { app, powerMonitor } from './electron-double.ts';
import { preventable } from './electron-double-window.ts';
import { heedPower } from './power.ts';

vi.mock('electron', () => import('./electron-double.ts'));

test('before the machine sleeps, is locked or turned off, what was typed is saved', () => {
  expect(() => heedPower(() => {})).toThrow('too early');
  app.becomeReady();
  const save = vi.fn();
  heedPower(save);
  powerMonitor.emit('suspend');
  expect(save).toHaveBeenCalledTimes(1);
  powerMonitor.emit('lock-screen');
  expect(save).toHaveBeenCalledTimes(2);

  // Quitting in order is what saves then, as each window holds it up until it has saved.
  const quitting = vi.fn();
  app.on('before-quit', quitting);
  const event = preventable();
  powerMonitor.emit('shutdown', event);
  expect(event.defaultPrevented).toBe(true);
  expect(quitting).toHaveBeenCalledOnce();
});
