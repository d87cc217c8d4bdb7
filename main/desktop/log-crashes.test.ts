import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Log } from '../log/log.ts';
import { app } from './electron-double.ts';
import { FakeWebContents } from './electron-double-window.ts';
import { logCrashes } from './log-crashes.ts';

vi.mock('electron', () => import('./electron-double.ts'));

const secret = 'zanzibarquux';
let folder: string;
let contents: FakeWebContents;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-crashes-'));
  const log = new Log();
  log.openIn(folder);
  logCrashes(log);
  contents = new FakeWebContents();
  app.emit('web-contents-created', {}, contents);
});
afterEach(() => {
  app.emit('quit', {}, 0);
  app.removeAllListeners();
  rmSync(folder, { recursive: true, force: true });
});

function entries(): Record<string, unknown>[] {
  const text = readFileSync(join(folder, 'logs/offprint.log'), 'utf8');
  expect(text).not.toContain(secret);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('processes that have gone are told by their kind and the reason', () => {
  contents.emit('render-process-gone', {}, { reason: 'oom', exitCode: -536870904 });
  contents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
  app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 139 });
  app.emit('child-process-gone', {}, { type: secret, reason: secret, exitCode: 1, name: secret, serviceName: secret });
  expect(entries()).toMatchObject([
    { event: 'gone', process: 'renderer', reason: 'oom', exitCode: -536870904 },
    { event: 'gone', process: 'gpu', reason: 'crashed', exitCode: 139 },
    { event: 'gone', process: 'other', reason: 'other', exitCode: 1 },
  ]);
});

test('a page that hangs, or whose preload script fails', () => {
  contents.emit('unresponsive');
  contents.emit('preload-error', {}, `/home/${secret}/preload.cjs`, new SyntaxError(secret));
  expect(entries()).toMatchObject([
    { level: 'warn', event: 'unresponsive' },
    { level: 'error', event: 'failed', where: 'page', error: { kind: 'SyntaxError' } },
  ]);
});

test('what nobody has caught, and how the program ended', () => {
  const [rejected] = process.listeners('unhandledRejection').slice(-1);
  rejected?.(new TypeError(secret), Promise.resolve());
  const [uncaught] = process.listeners('uncaughtExceptionMonitor').slice(-1);
  uncaught?.(new RangeError(secret), 'uncaughtException');
  uncaught?.(new RangeError(secret), 'unhandledRejection');
  app.emit('quit', {}, 3);
  expect(entries()).toMatchObject([
    { event: 'failed', where: 'rejection', error: { kind: 'TypeError' } },
    { event: 'failed', where: 'exception', error: { kind: 'RangeError' } },
    { event: 'failed', where: 'rejection', error: { kind: 'RangeError' } },
    { event: 'quit', code: 3 },
  ]);
  expect(process.listeners('unhandledRejection')).not.toContain(rejected);
  expect(process.listeners('uncaughtExceptionMonitor')).not.toContain(uncaught);
});
