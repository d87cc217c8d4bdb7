import { beforeEach, expect, test, vi } from 'vitest';
import { app } from './electron-double.ts';
import { takeSingleInstance } from './single-instance.ts';

vi.mock('electron', () => import('./electron-double.ts'));

beforeEach(() => app.removeAllListeners());

test('the first one shows its window when a second is started', () => {
  const show = vi.fn();
  expect(takeSingleInstance(show)).toBe(true);
  app.emit('second-instance', {}, [], '/', null);
  expect(show).toHaveBeenCalledOnce();
});

test('the second one knows that it is', () => {
  app.givesLock = false;
  expect(takeSingleInstance(() => {})).toBe(false);
  expect(app.listenerCount('second-instance')).toBe(0);
});
