import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { app } from './electron-double.ts';
import { takeSingleInstance } from './single-instance.ts';

vi.mock('electron', () => import('./electron-double.ts'));

beforeEach(() => {
  app.removeAllListeners();
  app.givesLock = true;
  app.isPackaged = true;
});
afterEach(() => vi.restoreAllMocks());

const own = { asked: [{ kind: 'argument', text: 'a.bib' } as const], folder: '/home/me' };

test('the first one is given what a second is to open, as that one says it', () => {
  const lock = vi.spyOn(app, 'requestSingleInstanceLock');
  const another = vi.fn();
  expect(takeSingleInstance(own, another)).toBe(true);
  expect(lock).toHaveBeenCalledExactlyOnceWith(own);
  const other = { asked: [{ kind: 'argument', text: 'offprint://paper/doi:10.1/x' }], folder: '/elsewhere' };
  app.emit('second-instance', {}, ['offprint', 'not.bib', '--allow-file-access-from-files'], '/', other);
  expect(another).toHaveBeenCalledExactlyOnceWith(other);
});

test.each([
  ['nothing', null],
  ['something else', { asked: 'x' }],
  ['another kind of thing', { asked: [{ kind: 'command', text: 'x' }], folder: '/' }],
  ['far too much', { asked: Array(10_001).fill({ kind: 'path', text: 'x' }), folder: '/' }],
])('what comes with %s beside it is read from its arguments', (_what, data) => {
  const another = vi.fn();
  takeSingleInstance(own, another);
  app.emit('second-instance', {}, ['offprint', '--allow-file-access-from-files', 'a.bib'], '/there', data);
  expect(another).toHaveBeenCalledExactlyOnceWith({ asked: [{ kind: 'argument', text: 'a.bib' }], folder: '/there' });
});

test('a long list goes once, not twice: the message between two starts has no room for more', () => {
  const lock = vi.spyOn(app, 'requestSingleInstanceLock');
  const asked = Array.from(
    { length: 500 },
    (_, at) => ({ kind: 'argument', text: `/home/me/papers/${at}.bib` }) as const,
  );
  takeSingleInstance({ asked, folder: '/' }, () => {});
  expect(lock).toHaveBeenCalledExactlyOnceWith({});
});

test('the second one knows that it is', () => {
  app.givesLock = false;
  expect(takeSingleInstance(own, () => {})).toBe(false);
  expect(app.listenerCount('second-instance')).toBe(0);
});
