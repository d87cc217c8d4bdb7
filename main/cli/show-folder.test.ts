import { EventEmitter } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { showFolder } from './show-folder.ts';

const { open } = vi.hoisted(() => ({ open: vi.fn() }));
vi.mock('open', () => ({ default: open }));

afterEach(() => {
  vi.useRealTimers();
  open.mockReset();
});

/** A program that has been started and does something then. */
function launches(then: (launcher: EventEmitter) => void): void {
  open.mockImplementation(async () => {
    const launcher = new EventEmitter();
    setImmediate(() => then(launcher));
    return launcher;
  });
}

test('a folder is shown by whatever the system has for that', async () => {
  launches((launcher) => launcher.emit('exit', 0));
  expect(await showFolder('/home/ada/Offprint')).toBe(true);
  expect(open).toHaveBeenCalledWith('/home/ada/Offprint');
});

test('where the system has nothing for it, that is said', async () => {
  launches((launcher) => launcher.emit('exit', 3));
  expect(await showFolder('/home/ada')).toBe(false);
  launches((launcher) => launcher.emit('error', new Error('ENOENT')));
  expect(await showFolder('/home/ada')).toBe(false);
  open.mockRejectedValue(new Error('ENOENT'));
  expect(await showFolder('/home/ada')).toBe(false);
});

test('a file manager that stays open has shown it', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  launches(() => {});
  const showing = showFolder('/home/ada');
  await vi.advanceTimersByTimeAsync(5000);
  expect(await showing).toBe(true);
});
