import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Client } from '../../shared/client.ts';
import type { ImportPreview } from '../../shared/contract.ts';
import type { OpenRequest } from '../../shared/host-calls.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { OpenDialog } from './app-state.ts';
import { Session } from './session.ts';
import { aLibrary, anOpenList, aRow } from './testing.ts';

const preview: ImportPreview = {
  files: [],
  failures: [{ path: 'late.bib', reason: 'It is damaged.' }],
  total: { new: 1, merged: 0, unchanged: 0, skipped: 0 },
  sample: [],
  marked: 0,
};
const paper = 'arxiv:2306.12345';

let waiting: OpenRequest[];
let answers: Record<string, (input: never) => unknown>;
let calls: [string, unknown][];
let session: Session;
const frame = { focusList: vi.fn(), showReader: vi.fn() };

beforeEach(async () => {
  vi.clearAllMocks();
  calls = [];
  waiting = [];
  answers = {
    'library.state': () => aLibrary(),
    'list.open': () => anOpenList(3),
    'list.indexOf': () => ({ index: 2 }),
    'opening.take': () => ({ requests: waiting.splice(0) }),
    'paper.get': ({ id }: { id: string }) => ({ id }),
    'import.begin': () => ({ job: 7 }),
    'import.preview': () => structuredClone(preview),
  };
  const client: Client = {
    async call(name, input) {
      calls.push([name, input]);
      return ((await answers[name]?.(input as never)) ?? {}) as never;
    },
    on: () => () => {},
  };
  session = new Session(client);
  await session.start();
  calls.length = 0;
});

const open = async (...requests: OpenRequest[]) => {
  waiting.push(...requests);
  await session.opening.take(frame);
};
const named = (...names: string[]) => calls.filter(([name]) => names.includes(name));
const toasts = () => session.store.get().toasts.map(({ kind, message }) => [kind, message]);
const dialog = () => session.store.get().dialog?.kind ?? null;
const files = (...uploads: string[]): OpenRequest => ({ kind: 'import', uploads, passedOver: 0, failures: [] });

describe('a paper', () => {
  test('is gone to in the list where it is in it, and shown where there is no room beside the list', async () => {
    await open({ kind: 'paper', id: paper });
    expect(session.store.get().list.focus).toBe(2);
    expect(session.store.get().settings.view).toBe('inbox');
    expect(frame.focusList).toHaveBeenCalledOnce();
    expect(frame.showReader).toHaveBeenCalledOnce();
  });

  test('is gone to among all papers elsewhere, under the id that it has now', async () => {
    answers['list.indexOf'] = () => ({ index: null });
    answers['paper.get'] = () => ({ id: 'arxiv:other' });
    answers['list.open'] = () => anOpenList(2, { result: 2, rows: [aRow(0), aRow(1, { id: 'arxiv:other' })] });
    await open({ kind: 'paper', id: paper });
    expect(session.store.get().settings.view).toBe('all');
    await vi.waitUntil(() => session.store.get().list.result === 2);
    expect(session.store.get().currentId).toBe('arxiv:other');
    expect(named('list.indexOf')).toEqual([['list.indexOf', { result: 1, id: 'arxiv:other' }]]);
  });

  test('that is not in the library is said to be so, and everything stays as it is', async () => {
    session.dialog({ kind: 'help' });
    answers['paper.get'] = () => {
      throw new OffprintError('not-found', 'There is no such paper.');
    };
    await open({ kind: 'paper', id: paper });
    expect(toasts()).toEqual([['notice', `This paper is not in your library: ${paper}`]]);
    expect(dialog()).toBe('help');
    expect(frame.focusList).not.toHaveBeenCalled();
  });

  test('that cannot be read is told of as the failure that it is', async () => {
    answers['paper.get'] = () => {
      throw new OffprintError('damaged', 'The papers cannot be read.');
    };
    await open({ kind: 'paper', id: paper });
    expect(toasts()).toEqual([['error', 'The papers cannot be read.']]);
  });
});

test('a search is run over all papers', async () => {
  session.search('something else', 'starred');
  await open({ kind: 'search', query: 'tag:a b' });
  const { settings, query } = session.store.get();
  expect([settings.view, query]).toEqual(['all', 'tag:a b']);
  expect(named('list.open').at(-1)?.[1]).toMatchObject({ view: 'all', query: 'tag:a b' });
  expect(frame.focusList).toHaveBeenCalledOnce();
});

test('what could not be opened is said, each reason for itself', async () => {
  await open(
    { kind: 'refused', message: 'One.' },
    { kind: 'refused', message: 'Two.' },
    { kind: 'refused', message: 'One.' },
  );
  expect(toasts()).toEqual([
    ['error', 'Two.'],
    ['error', 'One.'],
  ]);
});

describe('files', () => {
  test('are previewed with what could not be opened of them, and none is sent', async () => {
    const failures = [{ path: '/gone.bib', reason: '/gone.bib does not exist.' }];
    await open({ kind: 'import', uploads: ['a', 'b'], passedOver: 3, failures });
    await vi.waitUntil(() => session.store.get().importing?.phase === 'preview');
    expect(dialog()).toBe('import');
    expect(session.store.get().importing).toMatchObject({
      passedOver: 3,
      preview: { failures: [...failures, ...preview.failures] },
    });
    expect(named('upload.open', 'import.begin')).toEqual([['import.begin', { uploads: ['a', 'b'], format: null }]]);
  });

  test('wait while others are looked at, with all that was opened after them, and come when those are done', async () => {
    await open(files('a'), files('b'), { kind: 'search', query: 'after' }, files('c'));
    await vi.waitUntil(() => session.store.get().importing?.phase === 'preview');
    expect(toasts()).toEqual([['notice', 'What you have opened is shown when this is done.']]);
    await open(files('d'));
    expect(named('import.begin')).toHaveLength(1);

    await session.importing.cancel();
    await vi.waitUntil(() => named('import.begin').length === 2 && session.store.get().importing?.phase === 'preview');
    await session.importing.cancel();
    await vi.waitUntil(() => named('import.begin').length === 3 && session.store.get().importing?.phase === 'preview');
    expect(session.store.get().query).toBe('after');
    await session.importing.cancel();
    await vi.waitUntil(() => named('import.begin').length === 4 && session.store.get().importing?.phase === 'preview');
    expect(named('import.begin').map(([, input]) => input)).toEqual(
      ['a', 'b', 'c', 'd'].map((upload) => ({ uploads: [upload], format: null })),
    );
    expect(toasts()).toEqual([]);
  });

  test('are not begun where nothing can be changed, and it is said why', async () => {
    session.store.set({ library: aLibrary({ readOnly: 'The disk is read-only.' }) });
    await open(files('a'), { kind: 'backup', upload: 'b', name: 'x.offprint' });
    expect(named('import.begin', 'backup.preview')).toEqual([]);
    expect(toasts()).toEqual([['error', 'The disk is read-only.']]);
    expect(dialog()).toBeNull();
  });
});

test('a backup is checked and asked about, and none is sent', async () => {
  answers['backup.preview'] = () => ({ papers: 3 });
  await open({ kind: 'backup', upload: 'b', name: 'Mine.offprint' });
  await vi.waitUntil(() => session.store.get().restoring?.phase === 'preview');
  expect(dialog()).toBe('restore');
  expect(named('upload.open', 'backup.preview')).toEqual([['backup.preview', { upload: 'b' }]]);
  expect(session.store.get().restoring).toMatchObject({ file: 'Mine.offprint', summary: { papers: 3 } });
});

test.each<[OpenDialog]>([
  [{ kind: 'tags', selection: [], size: 1 }],
  [{ kind: 'manageTags', rename: null }],
])('%j is not closed over what its reader does there', async (held) => {
  session.dialog(held);
  await open({ kind: 'paper', id: paper });
  expect(dialog()).toBe(held.kind);
  expect(frame.focusList).not.toHaveBeenCalled();
  session.dialog(null);
  await vi.waitUntil(() => frame.focusList.mock.calls.length === 1);
  expect(toasts()).toEqual([]);
});

test('any other dialog, and the mode for going through a view, give way', async () => {
  const leave = vi.spyOn(session.triage, 'leave');
  for (const kind of ['help', 'palette', 'backups', 'sources'] as const) {
    session.dialog({ kind });
    await open({ kind: 'search', query: kind });
    expect(dialog()).toBeNull();
  }
  expect(leave).toHaveBeenCalledTimes(4);
});

test('a program that does not answer is told of', async () => {
  answers['opening.take'] = () => {
    throw new OffprintError('unreadable', 'Offprint is not answering.');
  };
  await session.opening.take(frame);
  expect(toasts()).toEqual([['error', 'Offprint is not answering.']]);
});
