import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { callNames, type Handlers } from '../../shared/contract.ts';
import { dispatch } from '../../shared/dispatch.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { captureOf } from '../capture-testing.ts';
import type { Library } from '../library.ts';
import { importText, list } from '../library-testing.ts';
import { openReopenableLibrary } from '../reopenable-library.ts';
import { Log } from './log.ts';
import { logCalls, logOpening, withLogFolder } from './log-library.ts';

/** Stands in every title, note, query, tag, name and path of these tests. */
const secret = 'zanzibarquux';

let folder: string;
let dataFolder: string;
let log: Log;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-log-library-'));
  dataFolder = join(folder, secret);
  log = new Log('debug');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (bundledCapture: string | null = null) =>
  logOpening(log, dataFolder, () =>
    openReopenableLibrary({ host: 'window', dataFolder, bundledCapture, appVersion: '1.2.3' }),
  );

function written(): string {
  const logs = join(dataFolder, 'logs');
  return existsSync(logs)
    ? readdirSync(logs)
        .map((name) => readFileSync(join(logs, name), 'utf8'))
        .join('')
    : '';
}

function entries(): Record<string, unknown>[] {
  return written()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** A library as a host gives it to a window. */
function hosted(library: Library): Library {
  return { ...library, on: library.on, handlers: logCalls(library.handlers, log) };
}

test('whatever goes through the library, nothing of it comes into the log', async () => {
  const library = await open();
  const window = hosted(library);
  await importText(window, captureOf(`Ash of ${secret}`, `Birch of ${secret}`), `${secret}.txt`);
  const ids = (await list(window, 'all', secret)).rows.map(({ id }) => id);
  expect(ids).toHaveLength(2);
  const [id = ''] = ids;

  const text = fc.constantFrom(secret, `a ${secret} b`, `#${secret}\n\n    at ${secret} (${secret}.ts:1:1)`, '');
  const paper = fc.constantFrom(...ids, `title:${secret}`, `arxiv:${secret}`);
  const call = fc.oneof(
    fc.record({ name: fc.constant('note.set'), input: fc.record({ id: paper, text }) }),
    fc.record({
      name: fc.constant('papers.mark'),
      input: fc.record({
        selection: fc.record({ ids: fc.array(paper, { maxLength: 2 }) }),
        change: fc.record({ addTags: fc.array(text, { maxLength: 2 }) }),
      }),
    }),
    fc.record({
      name: fc.constant('list.open'),
      input: fc.record({
        view: fc.oneof(fc.constant('all'), text),
        query: text,
        sort: fc.constant([]),
        limit: fc.constant(5),
      }),
    }),
    fc.record({
      name: fc.constant('views.save'),
      input: fc.record({ name: text, query: text, icon: fc.constant('search') }),
    }),
    fc.record({ name: fc.constant('tags.rename'), input: fc.record({ from: text, to: text }) }),
    fc.record({ name: fc.constant('paper.get'), input: fc.record({ id: paper, query: text }) }),
    fc.record({ name: fc.constant('upload.open'), input: fc.record({ name: text, size: fc.nat(10) }) }),
    fc.record({ name: fc.constantFrom('history.undo', 'history.redo', 'library.state'), input: fc.constant({}) }),
    fc.record({ name: fc.constantFrom(...callNames, secret), input: fc.dictionary(text, text) }),
  );
  await fc.assert(
    fc.asyncProperty(call, async ({ name, input }) => {
      await dispatch(window.handlers, name, input);
    }),
    { numRuns: 120 },
  );
  await window.handlers['note.set']({ id, text: secret });
  await library.close();
  expect(entries().map((entry) => entry['event'])).toEqual(expect.arrayContaining(['opened', 'call']));
  expect(written()).not.toContain(secret);
  expect(readFileSync(join(dataFolder, 'library.json'), 'utf8')).toContain(secret);
});

test('an error that is ours is told without its words, once; one that the reader is told is not', async () => {
  const library = await open();
  const broken: Handlers = {
    ...library.handlers,
    'note.set': () => Promise.reject(new TypeError(`no ${secret}`, { cause: new Error(secret) })),
    'paper.get': () => Promise.reject(new OffprintError('not-found', `There is no ${secret}.`)),
  };
  const handlers = logCalls(broken, log);
  await dispatch(handlers, 'note.set', { id: 'arxiv:2306.12345', text: secret });
  await dispatch(handlers, 'paper.get', { id: 'arxiv:2306.12345', query: '' });
  await library.close();
  expect(entries().filter((entry) => entry['event'] === 'failed')).toMatchObject([
    { level: 'error', where: 'call', call: 'note.set', error: { kind: 'TypeError' }, causes: [{ kind: 'Error' }] },
  ]);
  expect(written()).not.toContain(secret);
});

test('a call that takes long is in the log at any level; one that waits for the reader is not', async () => {
  log = new Log('info');
  const library = await open();
  const clock = vi.spyOn(performance, 'now');
  let now = 0;
  clock.mockImplementation(() => (now += 3000));
  const handlers = logCalls(library.handlers, log);
  await handlers['library.state']({});
  await handlers['folder.choose']({ at: null });
  clock.mockRestore();
  await library.close();
  expect(entries().filter((entry) => entry['event'] === 'call')).toMatchObject([
    { level: 'warn', call: 'library.state', ms: 3000, ok: true },
  ]);
});

test('what was found damaged is told by what it is about', async () => {
  let library = await open();
  await importText(library, captureOf(`Ash of ${secret}`), `${secret}.txt`);
  const [{ id = '' } = {}] = (await list(library)).rows;
  await library.handlers['note.set']({ id, text: secret });
  await library.close();
  writeFileSync(join(dataFolder, 'library.json'), `{"${secret}`);
  writeFileSync(join(dataFolder, 'corpus.db'), secret);
  library = await open();
  await library.papersBack();
  await library.close();
  const notices = entries().flatMap((entry) => (entry['event'] === 'notice' ? [entry['notice']] : []));
  expect(notices).toEqual(expect.arrayContaining(['brought-back']));
  expect(notices).not.toContain('other');
  expect(written()).not.toContain(secret);
});

test('why a library cannot be opened is told in the folder that is there, and none is made for it', async () => {
  writeFileSync(dataFolder, secret);
  await expect(open()).rejects.toThrow();
  expect(readFileSync(dataFolder, 'utf8')).toBe(secret);
  rmSync(dataFolder);
  mkdirSync(dataFolder);
  const failing = () => Promise.reject(new RangeError(secret));
  await expect(logOpening(log, dataFolder, failing)).rejects.toThrow(secret);
  expect(entries()).toMatchObject([
    { level: 'error', event: 'failed', where: 'opening', error: { kind: 'RangeError' } },
  ]);
  expect(written()).not.toContain(secret);
});

test('a folder that another one has open is no error', async () => {
  const library = await open();
  await expect(open()).rejects.toThrow();
  await library.close();
  expect(entries().filter((entry) => entry['event'] === 'failed')).toMatchObject([
    { level: 'info', error: { code: 'locked' } },
  ]);
});

test('the folder of the log can be shown, even when there is nothing in it yet', async () => {
  const library = await open();
  rmSync(join(dataFolder, 'logs'), { recursive: true, force: true });
  const shown: string[] = [];
  const handlers = withLogFolder(library.handlers, dataFolder, async (at) => {
    shown.push(at);
    return existsSync(at);
  });
  expect(await handlers['logs.show']({})).toEqual({ shown: true });
  expect(shown).toEqual([join(dataFolder, 'logs')]);
  expect(await library.handlers['host.describe']({})).toMatchObject({ logs: false });
  expect(await handlers['host.describe']({})).toMatchObject({ kind: 'browser', logs: true });
  await library.close();
});

test('a backup holds no log', async () => {
  const library = await open();
  expect(written()).not.toBe('');
  const backup = join(folder, 'one.offprint');
  await library.backups.write({ path: backup });
  await library.close();
  const names = readFileSync(backup, 'latin1');
  expect(names).toContain('manifest.json');
  expect(names).not.toContain('offprint.log');
});
