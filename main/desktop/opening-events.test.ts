import { setImmediate } from 'node:timers/promises';
import { beforeEach, expect, test, vi } from 'vitest';
import { app } from './electron-double.ts';
import { preventable } from './electron-double-window.ts';
import { hearOpening } from './opening-events.ts';

vi.mock('electron', () => import('./electron-double.ts'));

beforeEach(() => app.removeAllListeners());

test('files that macOS opens together come together; a link is a link and a path a path', async () => {
  const open = vi.fn();
  hearOpening(open);
  const events = [preventable(), preventable(), preventable()] as const;
  app.emit('open-file', events[0], '/a.bib');
  app.emit('open-file', events[1], '/offprint:x');
  app.emit('open-url', events[2], '/etc/passwd');
  expect(open).not.toHaveBeenCalled();
  await setImmediate();
  expect(open).toHaveBeenCalledExactlyOnceWith([
    { kind: 'path', text: '/a.bib' },
    { kind: 'path', text: '/offprint:x' },
    { kind: 'link', text: '/etc/passwd' },
  ]);
  // Else macOS would say that the program cannot open it.
  expect(events.map(({ defaultPrevented }) => defaultPrevented)).toEqual([true, true, true]);

  app.emit('open-file', preventable(), '/b.bib');
  await setImmediate();
  expect(open).toHaveBeenLastCalledWith([{ kind: 'path', text: '/b.bib' }]);
});
