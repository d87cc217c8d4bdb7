import { chmod, cp, link, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import { type FileOperations, systemFiles } from './durable-file.ts';
import { JournalAdapter } from './journal-adapter.ts';
import { type JournalLine, jsonOf, printLine, readLine } from './journal-line.ts';
import { emptyLibrary, imageOf } from './library-data.ts';
import type { Store } from './store.ts';
import { faultyFiles, openReader, stateOf } from './store-testing.ts';

let folder: string;
const busy: Store[] = [];
let library: string;
let backup: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-store-'));
  library = join(folder, 'library.json');
  backup = join(folder, 'library.backup.json');
});
afterEach(async () => {
  // At last, for closing writes down what is in the journal.
  for (const store of busy.splice(0)) await store.close();
  for (const path of [folder, `${folder}-copy`]) await rm(path, { recursive: true, force: true });
});

const paper = { id: 'arxiv:1', markedAs: [] };
const position = { id: 'one', upTo: 0, line: '0123abcd' };

async function read(files = systemFiles) {
  const adapter = new JournalAdapter(folder, files);
  const data = await adapter.read();
  await adapter.close(imageOf(data ?? emptyLibrary()));
  return { data, notices: adapter.notices, readOnly: adapter.readOnly };
}

async function names(): Promise<string[]> {
  return (await readdir(folder)).sort();
}

function failing(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}

/** Waits until the file system's clock has gone on: a file changed now is later than any before. */
async function clockTick(): Promise<void> {
  const probe = join(folder, 'probe');
  const changed = async () => {
    await writeFile(probe, '');
    return (await stat(probe)).ctimeMs;
  };
  const before = await changed();
  while ((await changed()) <= before);
  await rm(probe);
}

/** A reader with a folded file, a backup and a journal after both; answers with what there is. */
async function openBusy() {
  const reader = await openReader(folder);
  await reader.marks.setNote(paper, 'first');
  await reader.store.close();
  const { store, marks } = await openReader(folder);
  await marks.mark([paper], { status: 'read' });
  await marks.setNote({ id: 'arxiv:2', markedAs: [] }, 'second');
  busy.push(store);
  return { store, state: stateOf(store) };
}

describe('the journal', () => {
  test.each([
    ['damaged', () => writeFile(library, 'broken')],
    ['gone', () => rm(library)],
  ])('brings back everything when the library file is %s', async (_, harm) => {
    const { state } = await openBusy();
    await harm();
    const { store } = await openReader(folder);
    expect(stateOf(store)).toEqual(state);
    expect(store.notices).toEqual([expect.stringMatching(/backup of .* and the journal of the changes after it/)]);
    await store.close();
    const again = await openReader(folder);
    expect([stateOf(again.store), again.store.notices]).toEqual([state, []]);
    await again.store.close();
  });

  test('brings back everything when it is all that there is, if it has its beginning', async () => {
    const { store, marks } = await openReader(folder);
    await marks.setNote(paper, 'first');
    await marks.mark([paper], { starred: true });
    const state = stateOf(store);
    busy.push(store);
    await rm(library);
    const again = await openReader(folder);
    expect(stateOf(again.store)).toEqual(state);
    expect(again.store.notices).toEqual([
      expect.stringContaining('was missing. Your marks and notes were brought back'),
    ]);
    await again.store.close();
  });

  test('that is gone is said to be, once, and Undo does not offer what only it knew', async () => {
    const { store, state } = await openBusy();
    await store.close();
    await rm(join(folder, 'journal'), { recursive: true });
    const again = await openReader(folder);
    expect(again.store.notices).toEqual([expect.stringMatching(/journal.* was missing\. What you changed after/)]);
    expect(again.store.records).toEqual(new Map(state.records));
    expect(again.history.labels).toEqual({ undo: null, redo: null });
    await again.marks.setNote(paper, 'third');
    const later = stateOf(again.store);
    await again.store.close();
    const last = await openReader(folder);
    expect([stateOf(last.store), last.store.notices]).toEqual([later, []]);
    expect(await last.history.undo()).toBe('Changed a note');
    await last.store.close();
  });

  test.each([
    ['deleted', (path: string) => rm(path, { recursive: true })],
    ['moved elsewhere', (path: string) => rename(path, join(folder, 'elsewhere'))],
    ['put there anew', (path: string) => rm(path, { recursive: true }).then(() => mkdir(path))],
  ])('that is %s while it is written costs nothing, even if the program is killed then', async (_, take) => {
    const { store, marks } = await openReader(folder);
    await marks.setNote(paper, 'first');
    await marks.setNote({ id: 'arxiv:2', markedAs: [] }, 'second');
    await take(join(folder, 'journal'));
    await marks.setNote({ id: 'arxiv:3', markedAs: [] }, 'third');
    busy.push(store);
    const state = stateOf(store);
    const crashed = `${folder}-copy`;
    await vi.waitUntil(async () => (await readFile(library, 'utf8')).includes('third'));
    await cp(folder, crashed, { recursive: true });
    const again = await openReader(crashed);
    expect(again.store.records).toEqual(new Map(state.records));
    await again.store.close();
  });

  test('that is taken away while it is written costs nothing, if the program ends as it should', async () => {
    const { store, marks } = await openReader(folder);
    await marks.setNote(paper, 'first');
    await rm(join(folder, 'journal'), { recursive: true });
    await marks.setNote({ id: 'arxiv:2', markedAs: [] }, 'second');
    await store.close();
    const again = await openReader(folder);
    expect([...again.store.records.values()].map(({ note }) => note)).toEqual(['first', 'second']);
    await again.store.close();
  });

  test('that is damaged leaves no mirror of the marks believing that it shows what is there', async () => {
    const { store, marks } = await openReader(folder);
    for (const text of ['first', 'second', 'third']) await marks.setNote({ id: `arxiv:${text}`, markedAs: [] }, text);
    busy.push(store);
    const path = join(folder, 'journal', '00000001.log');
    await writeFile(path, (await readFile(path, 'utf8')).replace('"note":"second"', '"note":"sec0nd"'));
    const again = await openReader(folder);
    expect([...again.store.records.keys()]).toEqual(['arxiv:first', 'arxiv:third']);
    expect(again.store.stamp).not.toBe(store.stamp);
    await again.store.close();
  });

  test('says what it lacks when it is all that there is, and its beginning is gone', async () => {
    const { state } = await openBusy();
    await rm(library);
    await rm(backup);
    await rm(join(folder, 'journal', '00000001.log'));
    const { store } = await openReader(folder);
    expect(store.record('arxiv:2')).toEqual(state.records.get('arxiv:2'));
    expect(store.notices[0]).toMatch(/What is older than the journal is not in it/);
    await store.close();
  });

  test.each([
    ['the library file', async () => {}],
    ['no library file', () => rm(library)],
  ])('is read without the line that it begins with, with %s', async (_, harm) => {
    const { store, marks } = await openReader(folder);
    await marks.setNote(paper, 'first');
    await marks.mark([paper], { starred: true });
    const state = stateOf(store);
    const path = join(folder, 'journal', '00000001.log');
    await writeFile(path, (await readFile(path, 'utf8')).replace('offprint-journal', 'offprint_journal'));
    await harm();
    const again = await openReader(folder);
    expect(stateOf(again.store)).toEqual(state);
    await again.marks.setNote(paper, 'second');
    const later = stateOf(again.store);
    await again.store.close();
    const last = await openReader(folder);
    expect([stateOf(last.store), last.store.notices]).toEqual([later, []]);
    await last.store.close();
    await store.close();
  });

  test('of a newer Offprint is left alone; what can be understood is shown, and nothing can be changed', async () => {
    const { state } = await openBusy();
    const { journal } = JSON.parse(await readFile(library, 'utf8'));
    const said = {
      format: 'offprint-journal',
      schema: 3,
      id: journal.id,
      from: journal.upTo + 3,
      folded: 0,
      foldedAt: 0,
    };
    await writeFile(join(folder, 'journal', '00000009.log'), printLine(0, '00000000', said).bytes);
    const before = await names();
    const { data, readOnly } = await read();
    expect(readOnly).toMatch(/journal was written by a newer Offprint/);
    expect(data?.papers).toEqual(state.records);
    const reader = await openReader(folder);
    await expect(reader.marks.setNote(paper, 'lost')).rejects.toMatchObject({ code: 'refused', message: readOnly });
    await reader.store.close();
    expect(await names()).toEqual(before);
  });

  test('that the system does not let us read is not called damaged', async () => {
    await openBusy();
    const before = await names();
    for (const name of ['readdir', 'readFile'] as const) {
      const files: FileOperations = {
        ...systemFiles,
        [name]: (path: string) =>
          path.includes('journal') ? Promise.reject(failing('EACCES')) : (systemFiles[name] as typeof readdir)(path),
      };
      const { data, readOnly } = await read(files);
      expect(data).toBeNull();
      expect(readOnly).toMatch(/journal.* could not be read: permission was denied \(EACCES\)/);
    }
    expect(await names()).toEqual(before);
  });

  test.each([
    ['an earlier copy of the file', 'is older than', async (copy: string) => copy],
    [
      'the file of another reader',
      'does not belong to',
      async (copy: string) => JSON.stringify({ ...JSON.parse(copy), journal: { ...position, upTo: 1 } }),
    ],
    [
      'the file of an older Offprint',
      'does not belong to',
      async (copy: string) => JSON.stringify({ ...JSON.parse(copy), schema: 1, journal: undefined }),
    ],
  ])('is not laid over %s that somebody put there, and is kept', async (_, why, make) => {
    const first = await openReader(folder);
    await first.marks.setNote(paper, 'first');
    await first.store.close();
    const copy = await readFile(library, 'utf8');
    const later = await openReader(folder);
    await later.marks.setNote(paper, 'later');
    await later.store.close();
    await clockTick();
    await writeFile(library, await make(copy));
    const restored = await openReader(folder);
    expect(restored.store.record('arxiv:1')?.note).toBe('first');
    expect(restored.store.notices).toEqual([expect.stringContaining(why)]);
    const aside = (await names()).filter((name) => name.startsWith('journal.damaged-'));
    for (const name of aside) expect(restored.store.notices[0]).toContain(name);
    expect((await Promise.all(aside.map((name) => readFile(join(folder, name), 'utf8')))).join()).toContain('later');
    await restored.marks.mark([paper], { starred: true });
    const state = stateOf(restored.store);
    await restored.store.close();
    const again = await openReader(folder);
    expect([stateOf(again.store), again.store.notices]).toEqual([state, []]);
    await again.store.close();
  });

  test('is laid over an earlier file in a folder that was copied while the file was written anew', async () => {
    const first = await openReader(folder);
    await first.marks.setNote(paper, 'first');
    await first.store.close();
    const earlier = await readFile(library);
    const later = await openReader(folder);
    await later.marks.setNote(paper, 'later');
    await later.store.close();
    const { store, marks } = await openReader(folder);
    await marks.mark([paper], { starred: true });
    busy.push(store);
    const state = stateOf(store);
    await clockTick();
    // The library file had been copied before it was written anew, the journal after.
    const copy = `${folder}-copy`;
    await cp(folder, copy, { recursive: true });
    await writeFile(join(copy, 'library.json'), earlier);
    const again = await openReader(copy);
    expect(again.store.records).toEqual(new Map(state.records));
    expect(again.store.notices).toEqual([expect.stringContaining('copied while Offprint was using it')]);
    await again.store.close();
    const last = await openReader(copy);
    expect([last.store.records, last.store.notices]).toEqual([again.store.records, []]);
    await last.store.close();
  });

  test('is laid over an earlier file that is back by itself, as when a power cut undoes a rename', async () => {
    const first = await openReader(folder);
    await first.marks.setNote(paper, 'first');
    await first.store.close();
    const later = await openReader(folder);
    await link(library, join(folder, 'earlier'));
    await clockTick();
    await later.marks.setNote(paper, 'later');
    await later.store.close();
    // The clock of the newer one runs ahead of whatever is put in its place now.
    const head = (await readdir(join(folder, 'journal')))
      .filter((name) => !name.startsWith('steps'))
      .toSorted()
      .at(-1);
    const path = join(folder, 'journal', head ?? '');
    const line = readLine(Buffer.from((await readFile(path, 'utf8')).trimEnd()));
    const { sequence: _, follows: before, ...said } = jsonOf(line as JournalLine) as Record<string, unknown>;
    await writeFile(path, printLine(0, String(before), { ...said, foldedAt: Date.now() + 1e6 }).bytes);
    await rename(join(folder, 'earlier'), library);
    const again = await openReader(folder);
    expect([again.store.record('arxiv:1')?.note, again.store.notices]).toEqual(['later', []]);
    await again.store.close();
  });

  test('a step whose line is gone cannot be taken back any more; that is said, and the one before it can', async () => {
    const { store, marks, history } = await openReader(folder);
    await marks.mark([paper], { starred: true });
    await store.close();
    const { store: later, marks: laterMarks } = await openReader(folder);
    await laterMarks.setNote(paper, 'later');
    const lines = await readFile(join(folder, 'journal', '00000003.log'), 'utf8');
    expect(lines).toContain('later');
    await later.close();
    await writeFile(join(folder, 'journal', 'steps-00000002.log'), 'nothing of use');
    const last = await openReader(folder);
    await expect(last.history.undo()).rejects.toMatchObject({ code: 'refused' });
    await expect(last.history.undo()).rejects.toMatchObject({ message: expect.stringContaining('Starred 1 paper') });
    expect(await last.history.undo()).toBeNull();
    expect(history.labels.undo).toBe('Starred 1 paper');
    await last.store.close();
    const end = await openReader(folder);
    expect(end.history.labels).toEqual({ undo: null, redo: null });
    expect(end.store.record('arxiv:1')).toMatchObject({ starred: true, note: 'later' });
    await end.store.close();
  });
});

describe('a write that fails', () => {
  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'a folder that may not be written',
    async () => {
      const { store, marks } = await openReader(folder);
      await chmod(folder, 0o500);
      await expect(marks.setNote(paper, 'lost')).rejects.toMatchObject({ code: 'unreadable' });
      expect(store.records.size).toBe(0);
      await chmod(folder, 0o700);
      await marks.setNote(paper, 'kept');
      await store.close();
    },
  );

  test('the reader is told which file and why', async () => {
    let fails = false;
    const { files, done } = faultyFiles(() => (fails ? { at: done.length, code: 'ENOSPC' } : null));
    const { store, marks } = await openReader(folder, files);
    await marks.setNote(paper, 'kept');
    fails = true;
    const error = await marks.setNote(paper, 'lost').catch((error: unknown) => error);
    expect(error).toBeInstanceOf(OffprintError);
    expect(error).toMatchObject({
      code: 'unreadable',
      message: expect.stringMatching(
        /journal could not be saved: the disk is full \(ENOSPC\)\. Nothing of it was changed\.$/,
      ),
    });
    expect(store.record('arxiv:1')?.note).toBe('kept');
    fails = false;
    await store.close();
  });
});
