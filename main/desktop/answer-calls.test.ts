import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { answerCalls } from './answer-calls.ts';
import { callChannel } from './channels.ts';
import { ipcMain } from './electron-double.ts';
import { FakeWebContents } from './electron-double-window.ts';
import { smallLibrary } from './small-library.ts';

vi.mock('electron', () => import('./electron-double.ts'));

const library = smallLibrary();
const ours = new FakeWebContents();

beforeAll(() => answerCalls(library.handlers, (contents) => (contents as unknown) === ours));

beforeEach(() => {
  library.called.length = 0;
  ours.mainFrame.origin = 'app://offprint';
});

const invoke = (name: unknown, input: unknown) => ipcMain.invokeFrom(ours, ours.mainFrame, callChannel, name, input);

test('our page is answered through the contract', async () => {
  const outcome = await invoke('settings.set', { theme: 'dark' });
  expect(outcome).toMatchObject({ ok: true, value: { theme: 'dark' } });
  expect(library.called).toEqual([['settings.set', { theme: 'dark' }]]);
});

test.each([
  ['settings.set', { theme: 'purple' }],
  ['settings.erase', {}],
  ['toString', {}],
  [{ toString: 'settings.set' }, {}],
])('input is checked on arrival: %j %j', async (name, input) => {
  expect(await invoke(name, input)).toMatchObject({ ok: false, error: { code: 'bad-input' } });
  expect(library.called).toEqual([]);
});

test('a mistake of ours crosses as a failure, never as an error, and is reported', async () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(await invoke('history.undo', {})).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(write).toHaveBeenCalledOnce();
  write.mockRestore();
});

describe('everybody else is refused', () => {
  const frame = (change: object) => ({ ...ours.mainFrame, origin: 'app://offprint', ...change });

  test.each([
    ['a page of another window', new FakeWebContents(), frame({})],
    ['a frame within our page', ours, frame({ parent: ours.mainFrame })],
    ['our window at another address', ours, frame({ origin: 'https://example.org' })],
    ['our window at a look-alike', ours, frame({ origin: 'app://offprint.evil' })],
    ['a page without an origin', ours, frame({ origin: 'null' })],
    ['a frame that is gone', ours, null],
  ])('%s', async (_who, contents, senderFrame) => {
    const outcome = await ipcMain.invokeFrom(contents, senderFrame, callChannel, 'settings.set', { theme: 'dark' });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'refused' } });
    expect(library.called).toEqual([]);
  });
});
