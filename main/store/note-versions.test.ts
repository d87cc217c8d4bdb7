import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FileOperations, systemFiles } from './durable-file.ts';
import { allOf, found, keepIn, openVersions, past, position, some } from './note-versions-testing.ts';
import { type Fault, faultyFiles, openReader } from './store-testing.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-notes-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const target = { id: 'arxiv:1', markedAs: [] };
const quick = () => faultyFiles(() => null).files;

describe('past versions', () => {
  test('are found before they are written down, and after', async () => {
    const { versions, notices } = openVersions(folder);
    versions.add(some);
    expect(await found(versions)).toEqual(allOf(some));
    await versions.keep(position);
    expect(await found(versions)).toEqual(allOf(some));
    await versions.close();
    expect(await found(openVersions(folder).versions)).toEqual(allOf(some));
    expect(notices).toEqual([]);
  });

  test('are in order, the last replaced first, with their beginning on one line', async () => {
    const long = `\n  A\n\nnote${' of words'.repeat(100)}`;
    const faces = '\u{1F600}'.repeat(200);
    await keepIn(folder, [past(2, 'Old', 'arxiv:1'), past(0, long, 'arxiv:1'), past(1, faces, 'doi:2')]);
    const entries = await openVersions(folder).versions.of(['arxiv:1', 'doi:2', 'arxiv:1']);
    expect(entries.map(({ length }) => length)).toEqual([long.length, 400, 3]);
    expect(entries[0]?.excerpt).toMatch(/^A note of words.{100,200}$/);
    expect(entries[1]?.excerpt).toBe('\u{1F600}'.repeat(100));
  });

  test('that are kept twice are told once', async () => {
    await keepIn(folder, some);
    await keepIn(folder, [...some, past(50)]);
    expect((await openVersions(folder).versions.of(['arxiv:0', 'arxiv:1', 'arxiv:2'])).length).toBe(13);
  });

  test('are in files that only their owner can read', async () => {
    await keepIn(folder, some);
    const mode = (path: string) => statSync(path).mode & 0o777;
    expect(mode(join(folder, 'notes'))).toBe(0o700);
    for (const name of readdirSync(join(folder, 'notes'))) expect(mode(join(folder, 'notes', name))).toBe(0o600);
  });

  test('of a million characters, and of any characters, come back as they were', async () => {
    const notes = ['x'.repeat(1_000_000), '\u0000\ud800\u2028"\\\r\n', '\u{1F600}'].map((text, at) => past(at, text));
    await keepIn(folder, notes);
    expect(await found(openVersions(folder).versions)).toEqual(allOf(notes));
  });
});

/** What is found after the process ended just now, and the program was started again. */
async function afterCrash(shortest?: number): Promise<number> {
  const copy = `${folder}-copy`;
  await cp(folder, copy, { recursive: true });
  const { store } = await openReader(copy, quick(), shortest);
  const { length } = await store.noteVersions.of([target.id]);
  await store.close();
  await rm(copy, { recursive: true });
  return length;
}

test('the log stands as it is after opening and closing, though the journal says the same texts each time', async () => {
  const texts = ['One', 'Two', 'Three'].map((word) => `${word} `.repeat(30));
  const sizes = new Set<number>();
  // With so long a journal that it is not folded before closing; and what comes after a kill is not folded either.
  for (let time = 0; time < 4; time += 1) {
    const { store, marks } = await openReader(folder, quick(), Number.MAX_SAFE_INTEGER);
    if (time === 0) for (const text of texts) await marks.setNote(target, text);
    expect((await store.noteVersions.of([target.id])).length).toBe(2);
    expect(await afterCrash(Number.MAX_SAFE_INTEGER)).toBe(2);
    await store.close();
    sizes.add(statSync(join(folder, 'notes', '00000001.log')).size);
  }
  expect(sizes.size).toBe(1);
});

test('what has been written down already is not again, though the journal has not been folded since', async () => {
  const { store, marks } = await openReader(folder, quick(), Number.MAX_SAFE_INTEGER);
  // So much that it is written down without waiting for a fold.
  for (const word of 'abcde') await marks.setNote(target, word.repeat(900_000));
  await store.atRest(() => {});
  const sizeIn = (place: string) => {
    const names = readdirSync(join(place, 'notes'));
    return names.reduce((all, name) => all + statSync(join(place, 'notes', name)).size, 0);
  };
  expect(sizeIn(folder)).toBeGreaterThan(2_700_000);
  // As a killed process leaves it.
  const copy = `${folder}-copy`;
  await cp(folder, copy, { recursive: true });
  const again = await openReader(copy, quick(), Number.MAX_SAFE_INTEGER);
  expect((await again.store.noteVersions.of([target.id])).length).toBe(4);
  await again.store.close();
  const sum = sizeIn(copy);
  await store.close();
  await rm(copy, { recursive: true });
  expect(sum).toBeLessThan(4_000_000);
});

test('where an older state is brought back and what is left of a newer one laid over it, both are known', async () => {
  const { store, marks } = await openReader(folder, quick());
  const texts = ['Older', 'Newer'].map((word) => `${word} `.repeat(30));
  await marks.setNote(target, texts[0] ?? '');
  await store.keep('asked');
  await marks.setNote(target, texts[1] ?? '');
  await store.close();
  const library = join(folder, 'library.json');
  writeFileSync(library, readFileSync(library, 'utf8').slice(0, -4));
  for (const name of ['library.backup.json', 'journal', 'notes']) await rm(join(folder, name), { recursive: true });
  const { store: again } = await openReader(folder, quick());
  expect(again.record(target.id)?.note).toBe(texts[1]);
  const [version, ...others] = await again.noteVersions.of([target.id]);
  expect([await again.noteVersions.text([target.id], version?.version ?? ''), others]).toEqual([texts[0], []]);
  await again.close();
});

describe('while they cannot be written down', () => {
  /** Files of a disk on which no folder of past versions can be made as long as `code` answers with one. */
  function withoutNotes(code: () => string | null): FileOperations {
    const mkdir = async (path: string, options: { recursive: true }) => {
      const refusal = path.endsWith('notes') ? code() : null;
      if (refusal !== null) throw Object.assign(new Error(refusal), { code: refusal });
      return systemFiles.mkdir(path, options);
    };
    return { ...quick(), mkdir } as FileOperations;
  }

  test('notes are saved all the same; it is said once, and made good when it is possible again', async () => {
    let code: string | null = 'ENOSPC';
    const { store, marks } = await openReader(
      folder,
      withoutNotes(() => code),
      500,
    );
    const save = async (at: number) => {
      await marks.setNote(target, `${at} `.repeat(60));
      await store.atRest(() => {});
    };
    let saves = 0;
    // The library file is written anew beside the saves, and takes its time.
    for (; saves < 20 || store.notices.length === 0; saves += 1) await save(saves);
    expect(store.notices).toEqual([
      expect.stringMatching(/Past versions of notes.*: the disk is full \(ENOSPC\).*safe in the journal/s),
    ]);
    expect((await store.noteVersions.of([target.id])).length).toBe(saves - 1);
    // It is all in the journal, which has not been let go of.
    expect(await afterCrash()).toBe(saves - 1);
    code = null;
    for (let more = 0; more < 20; more += 1) await save(saves + more);
    await store.close();
    expect(await afterCrash()).toBe(saves + 19);
  });

  test('no more than so much is held in memory, and the rest stays in the journal', async () => {
    const count = 22;
    const { store, marks } = await openReader(
      folder,
      withoutNotes(() => 'EACCES'),
      500,
    );
    for (let at = 0; at < count; at += 1) {
      await marks.setNote(target, String.fromCharCode(0x61 + at).repeat(1_000_000));
      await store.atRest(() => {});
    }
    const held = await store.noteVersions.of([target.id]);
    expect(held.reduce((length, entry) => length + entry.length, 0)).toBeLessThanOrEqual(16 * 1024 * 1024);
    expect(store.notices.length).toBe(1);
    await store.close();
    expect(await afterCrash()).toBe(count - 1);
  });
});

test('nothing of a note stands in what is said when any file operation fails', async () => {
  const secret = 'Geheimnis';
  const texts = ['', secret, `${secret} `.repeat(40), 'x', `${secret}!`.repeat(90), ''];
  const said: string[] = [];
  const hear = (error: unknown) => {
    for (let each = error; each instanceof Error; each = each.cause) said.push(`${each.name} ${each.message}`);
  };
  const use = async (place: string, fault: () => Fault | null) => {
    await mkdir(place);
    const { files, done } = faultyFiles(fault);
    try {
      const { store, marks, history } = await openReader(place, files, 400);
      for (const text of texts) await marks.setNote(target, text).catch(hear);
      await history.undo().catch(hear);
      for (const { version } of await store.noteVersions.of([target.id]).catch(() => [])) {
        await store.noteVersions.text([target.id], version).catch(hear);
        said.push(version);
      }
      await store.noteVersions.newest().catch(hear);
      await store.close();
      said.push(...store.notices);
    } catch (error) {
      hear(error);
    }
    return done;
  };
  const operations = await use(join(folder, 'none'), () => null);
  for (const [code, first] of [
    ['ENOSPC', 0],
    ['EIO', 1],
  ] as const) {
    for (let at = first; at < operations.length; at += 2) {
      await use(join(folder, `${code}-${at}`), () => ({ at, more: at % 7, code }));
    }
  }
  expect(said.length).toBeGreaterThan(100);
  for (const line of said) expect(line).not.toContain(secret.slice(0, 5));
});
