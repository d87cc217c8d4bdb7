import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { allWritten, runCommandLine, terminalOf } from './command-line.ts';
import { app } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));

let out: string;
let err: string;

beforeEach(() => {
  [out, err] = ['', ''];
  app.exitCode = null;
  const keep = (take: (text: string) => void) => (text: unknown, done?: unknown) => {
    take(String(text));
    if (typeof done === 'function') done();
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep((text) => (out += text)) as never);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep((text) => (err += text)) as never);
});
afterEach(() => vi.restoreAllMocks());

test.each<[string[], number, RegExp, RegExp]>([
  [['explain', 'is:starred'], 0, /star/, /^$/],
  [['nothing'], 2, /^$/, /unknown command/],
])('%j ends with %i, before the program is ready, and with what it had to say', async (args, code, printed, said) => {
  const exit = vi.spyOn(app, 'exit');
  await runCommandLine(args);
  expect(exit).toHaveBeenCalledExactlyOnceWith(code);
  expect(app.isReady).toBe(false);
  expect(out).toMatch(printed);
  expect(err).toMatch(said);
});

test('the program ends when all of the output has been taken, not before', async () => {
  const taken: string[] = [];
  let take = () => {};
  const slow = new Writable({
    highWaterMark: 1,
    write(chunk, _encoding, done) {
      take = () => {
        taken.push(String(chunk));
        done();
      };
    },
  });
  slow.write('first');
  slow.write('second');
  const ended = vi.fn();
  const waiting = allWritten(slow).then(ended);
  for (const expected of [['first'], ['first', 'second']]) {
    await setImmediate();
    expect(ended).not.toHaveBeenCalled();
    take();
    await setImmediate();
    expect(taken).toEqual(expected);
  }
  take();
  await waiting;
});

test('output that nobody takes any more is not waited for', async () => {
  const gone = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
  gone.on('error', () => {});
  gone.write('x');
  await allWritten(gone);
  await allWritten(gone);
  const stuck = new Writable({ write: () => {} });
  stuck.write('x');
  const waiting = allWritten(stuck);
  stuck.destroy();
  await waiting;
});

test('on Windows, where Electron has standard input end at once, it is not taken for an empty file', async () => {
  const { input } = terminalOf('win32');
  await expect(input[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: 'unreadable',
    message: expect.stringContaining('Name a file instead'),
  });
});

test('a mistake of ours ends the program as one, without a window of Electron’s that tells of it', async () => {
  vi.spyOn(process, 'cwd').mockImplementation(() => {
    throw new TypeError('a canary');
  });
  const exit = vi.spyOn(app, 'exit');
  await runCommandLine(['list']);
  expect(exit).toHaveBeenCalledExactlyOnceWith(1);
  expect(err).toMatch(/^Offprint: internal error \(TypeError\)/);
  expect(err).not.toContain('canary');
});
