import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Client } from '../../shared/client.ts';
import { type ImportPreview, uploadPiece } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { Session } from './session.ts';
import { anOpenList } from './testing.ts';
import type { ChosenFile } from './upload.ts';

const preview: ImportPreview = {
  files: [],
  failures: [],
  total: { new: 3, merged: 1, unchanged: 52, skipped: 0 },
  sample: [],
  marked: 0,
};
const { sample: _sample, marked: _marked, ...report } = preview;

let answers: Record<string, (input: never) => unknown>;
let calls: { name: string; input: Record<string, unknown> }[];
let progress: (payload: unknown) => void;
let session: Session;

beforeEach(() => {
  calls = [];
  let uploads = 0;
  answers = {
    'upload.open': () => {
      uploads += 1;
      return { upload: `upload ${uploads}` };
    },
    'import.begin': () => ({ job: 7 }),
    'import.preview': () => structuredClone(preview),
    'import.confirm': () => ({ ...report, change: 4 }),
    'changes.undo': () => ({ done: 'Imported 4 papers' }),
    'list.open': () => anOpenList(0),
  };
  const client: Client = {
    async call(name, input) {
      calls.push({ name, input: input as Record<string, unknown> });
      return ((await answers[name]?.(input as never)) ?? {}) as never;
    },
    on(event, listener) {
      if (event === 'import.progress') progress = listener as typeof progress;
      return () => {};
    },
  };
  session = new Session(client);
  session.listen();
});

const names = () => calls.map(({ name }) => name).filter((name) => /^(?:upload|import|changes)/.test(name));
const toasts = () => session.store.get().toasts.map(({ kind, message }) => [kind, message]);
const state = () => session.store.get().importing;
const file = (name: string, content = 'x'): ChosenFile => ({ name, content: new Blob([content]) });

describe('an import', () => {
  test('is previewed, confirmed, told of, and undone from the message', async () => {
    await session.importing.begin([file('a.bib'), file('b.ris')]);
    expect(session.store.get().dialog).toEqual({ kind: 'import' });
    expect(state()).toEqual({ phase: 'preview', preview, passedOver: 0 });
    expect(calls.find(({ name }) => name === 'import.begin')?.input['uploads']).toEqual(['upload 1', 'upload 2']);
    expect(names()).not.toContain('import.confirm');

    await session.importing.confirm(true);
    expect(calls.find(({ name }) => name === 'import.confirm')?.input).toEqual({ job: 7, takeMarks: true });
    expect(state()).toBeNull();
    expect(session.store.get().dialog).toBeNull();
    expect(toasts()).toEqual([['done', 'Imported 56 papers: 3 new, 1 merged, 52 unchanged']]);
    session.store.get().toasts[0]?.action?.run();
    await vi.waitFor(() => expect(toasts()).toEqual([['done', 'Undone: Imported 4 papers']]));
    expect(calls.find(({ name }) => name === 'changes.undo')?.input).toEqual({ id: 4 });
  });

  test('goes to the library in pieces, in order', async () => {
    const text = 'a'.repeat(uploadPiece) + 'b'.repeat(10);
    await session.importing.begin([file('large.txt', text)]);
    const sent = calls.filter(({ name }) => name === 'upload.append').map(({ input }) => atob(String(input['base64'])));
    expect(sent.map((piece) => piece.length)).toEqual([uploadPiece, 10]);
    expect(sent.join('')).toBe(text);
    expect(calls[0]?.input).toEqual({ name: 'large.txt', size: text.length });
  });

  test('cancelled at the preview writes nothing, and another may follow', async () => {
    await session.importing.begin([file('a.bib')]);
    await session.importing.cancel();
    expect(names()).toEqual(['upload.open', 'upload.append', 'import.begin', 'import.preview', 'import.cancel']);
    expect(state()).toBeNull();
    expect(session.store.get().dialog).toBeNull();
    await session.importing.begin([file('b.bib')]);
    expect(state()?.phase).toBe('preview');
  });

  test('cancelled while it is read stops there, however the library answers', async () => {
    const reading = Promise.withResolvers<ImportPreview>();
    answers['import.preview'] = () => reading.promise;
    const begun = session.importing.begin([file('a.bib')]);
    await vi.waitFor(() => expect(state()?.phase).toBe('reading'));
    await session.importing.cancel();
    reading.reject(new OffprintError('refused', 'The import was cancelled.'));
    await begun;
    expect(state()).toBeNull();
    expect(toasts()).toEqual([]);
  });

  test('cancelled while files are sent throws away what was sent', async () => {
    const sending = Promise.withResolvers<object>();
    answers['upload.append'] = ({ upload }: { upload: string }) => (upload === 'upload 2' ? sending.promise : {});
    const begun = session.importing.begin([file('a.bib'), file('b.bib', 'y'.repeat(uploadPiece + 1))]);
    await vi.waitFor(() => expect(names().filter((name) => name === 'upload.append')).toHaveLength(2));
    await session.importing.cancel();
    sending.resolve({});
    await begun;
    const discarded = calls.filter(({ name }) => name === 'upload.discard').map(({ input }) => input['upload']);
    expect(discarded.sort()).toEqual(['upload 1', 'upload 2']);
    expect(names()).not.toContain('import.begin');
  });

  test('names a file that cannot be read, and reads the others', async () => {
    const gone = Object.assign(new Blob(['?']), {
      slice: () => Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(new Error('is a directory')) }),
    });
    await session.importing.begin([{ name: 'gone.bib', content: gone }, file('good.bib')]);
    const shown = state();
    if (shown?.phase !== 'preview') throw new Error('There is no preview.');
    expect(shown.preview.failures).toEqual([
      {
        path: 'gone.bib',
        reason: 'gone.bib could not be read: is it a folder, or has it been moved? Nothing was imported.',
      },
    ]);
    expect(calls.find(({ name }) => name === 'import.begin')?.input['uploads']).toEqual(['upload 2']);
  });

  test('that cannot be read at all says so and leaves the window as it was', async () => {
    answers['import.preview'] = () => {
      throw new OffprintError('unreadable', 'The disk is full. Nothing was imported.');
    };
    await session.importing.begin([file('a.bib')]);
    expect(toasts()).toEqual([['error', 'The disk is full. Nothing was imported.']]);
    expect(state()).toBeNull();
    expect(session.store.get().dialog).toBeNull();
  });

  test('that cannot be written says so', async () => {
    answers['import.confirm'] = () => {
      throw new OffprintError('unreadable', 'The disk is full. Nothing was imported.');
    };
    await session.importing.begin([file('a.bib')]);
    await session.importing.confirm(false);
    expect(toasts()).toEqual([['error', 'The disk is full. Nothing was imported.']]);
    expect(state()).toBeNull();
  });

  test('sent to the background says when it is ready, and keeps a second one waiting', async () => {
    const reading = Promise.withResolvers<ImportPreview>();
    answers['import.preview'] = () => reading.promise;
    const begun = session.importing.begin([file('a.bib')]);
    await vi.waitFor(() => expect(state()?.phase).toBe('reading'));
    session.dialog(null);
    await session.importing.begin([file('b.bib')]);
    expect(toasts()).toEqual([['notice', 'Another import is under way. Import these when it is done.']]);
    reading.resolve(structuredClone(preview));
    await begun;
    expect(session.store.get().announcement).toBe('The import is ready to be confirmed.');
    session.store.get().toasts[0]?.action?.run();
    expect(session.store.get().dialog).toEqual({ kind: 'import' });
    await session.importing.cancel();
    expect(toasts()).toEqual([]);
  });

  test('shows its own progress and nobody else’s', async () => {
    const reading = Promise.withResolvers<ImportPreview>();
    answers['import.preview'] = () => reading.promise;
    const begun = session.importing.begin([file('a.bib')]);
    await vi.waitFor(() => expect(state()?.phase).toBe('reading'));
    const mine = { job: 7, phase: 'reading', file: 'a.bib', index: 1, files: 1, done: 0.5, papers: 1200 };
    progress({ ...mine, job: 6 });
    expect(state()).toEqual({ phase: 'reading', progress: null });
    progress(mine);
    expect(state()).toEqual({ phase: 'reading', progress: mine });
    reading.resolve(structuredClone(preview));
    await begun;
    progress(mine);
    expect(state()?.phase).toBe('preview');
  });
});
