import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { cp, mkdir, mkdtemp, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { captureOf } from '../capture-testing.ts';
import { keepImage } from '../kept-images.ts';
import { openLibrary } from '../library.ts';
import { call, importText, list } from '../library-testing.ts';
import { systemFiles } from '../store/durable-file.ts';
import { lockFolder } from '../store/folder-lock.ts';
import { openReader, stateOf } from '../store/store-testing.ts';
import { checkDisk } from './check-folder.ts';
import { diagnose, repair } from './doctor.ts';
import type { CheckName, DoctorReport } from './report.ts';

/** Stands in every note, and must stand in no report. */
const secret = 'zwischen-uns';

/** A data folder as a reader leaves it, made once. */
let whole: string;
let folder: string;

const at = (...names: string[]) => join(folder, ...names);
const inFolder = (name: string) => readdirSync(at(name)).toSorted();
const only = (name: string) => at(name, inFolder(name)[0] ?? '');

beforeAll(async () => {
  whole = await mkdtemp(join(tmpdir(), 'offprint-doctor-'));
  const library = await openLibrary({ dataFolder: join(whole, 'data'), bundledCapture: null, appVersion: '1' });
  await importText(library, captureOf('Ash of the Woods', 'Beech of the Woods', 'Cedar of the Woods'));
  const ids = (await list(library)).rows.map(({ id }) => id);
  for (const id of ids)
    await call(library, 'note.set', { id, text: `${secret} of ${id}, at some length, so that it counts` });
  await call(library, 'papers.mark', { selection: { ids }, change: { status: 'read', addTags: ['kept'] } });
  for (const id of ids) await call(library, 'note.set', { id, text: `Shorter, ${secret}` });
  await call(library, 'generations.take', {});
  await library.close();
  // A line after the library file, as a session that was killed leaves it.
  const { store, marks } = await openReader(join(whole, 'data'));
  const [first = ''] = ids;
  await store.fold();
  await marks.setNote({ id: first, markedAs: [] }, `The last one, ${secret}`);
  await cp(join(whole, 'data'), join(whole, 'killed'), { recursive: true });
  for (const name of readdirSync(join(whole, 'data'), { recursive: true, encoding: 'utf8' })) {
    chmodSync(join(whole, 'killed', name), statSync(join(whole, 'data', name)).mode);
  }
  await store.close();
});
afterAll(() => rm(whole, { recursive: true, force: true }));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-doctor-'));
  rmSync(folder, { recursive: true });
  await cp(join(whole, 'killed'), folder, { recursive: true });
  chmodSync(folder, 0o700);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    chmodSync(at(name), statSync(at(name)).isDirectory() ? 0o700 : 0o600);
  }
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const problems = ({ checks }: DoctorReport) =>
  checks.filter(({ state }) => state === 'problem').map(({ name }) => name);
const notOk = ({ checks }: DoctorReport) =>
  // What the disk is, is not this test's affair.
  checks.filter(({ name, state }) => state !== 'ok' && name !== 'disk').map(({ name }) => name);
const check = ({ checks }: DoctorReport, name: CheckName) => {
  const found = checks.find((each) => each.name === name);
  if (!found) throw new Error(`there is no check ${name}`);
  return found;
};

/** Everything in the folder: names, sizes, modes and bytes. */
function content(): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  return Object.fromEntries(
    names.map((name) => {
      const stats = statSync(at(name), { throwIfNoEntry: false });
      const bytes = stats?.isFile()
        ? createHash('sha256')
            .update(readFileSync(at(name)))
            .digest('hex')
            .slice(0, 12)
        : '';
      return [name, `${stats?.mode.toString(8)} ${bytes}`];
    }),
  );
}

async function said() {
  const { store } = await openReader(folder);
  const { records, pairs, views, tagColours } = stateOf(store);
  const { notices } = store;
  await store.close();
  return { state: { records, pairs, views, tagColours }, notices };
}

/** Bytes of a file turned around at one place. */
function damage(path: string, where: number | 'end'): void {
  const bytes = readFileSync(path);
  const place = where === 'end' ? bytes.length - 3 : where;
  bytes[place] = (bytes[place] ?? 0) ^ 0x15;
  writeFileSync(path, bytes);
}

const lastJournal = () => at('journal', inFolder('journal').findLast((name) => /^\d/.test(name)) ?? '');
const steps = () => at('journal', inFolder('journal').find((name) => name.startsWith('steps')) ?? '');
const capture = () => at('captures', inFolder('captures').find((name) => /^[0-9a-f]{16}-/.test(name)) ?? '');

test('a healthy folder is healthy, and looking at it changes nothing', async () => {
  const before = content();
  const report = await diagnose(folder);
  expect(report.checks.filter(({ name, state }) => state !== 'ok' && name !== 'disk')).toEqual([]);
  expect(report).toMatchObject({ folder, healthy: true });
  expect(JSON.stringify(report)).not.toContain(secret);
  expect(content()).toEqual(before);
});

test('a new folder and one that was never closed are healthy', async () => {
  await rm(folder, { recursive: true });
  await mkdir(folder, { mode: 0o700 });
  expect(notOk(await diagnose(folder))).toEqual([]);
  const library = await openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: '1' });
  await library.close();
  expect(notOk(await diagnose(folder))).toEqual([]);
});

test('there must be a folder', async () => {
  await expect(diagnose(at('none'))).rejects.toMatchObject({ code: 'unreadable' });
  await expect(repair(at('none'))).rejects.toMatchObject({ code: 'unreadable' });
});

/**
 * Damage: which checks tell of it, whether anything that was said may be missing afterwards, and what
 * cannot be repaired. Everything else is whole after repairing.
 */
const damages: {
  what: string;
  harm: () => unknown;
  names: CheckName[];
  would: RegExp;
  remains?: CheckName[];
  loses?: boolean;
}[] = [
  ...(
    [
      ['empty', () => truncateSync(at('library.json'), 0)],
      ['cut short', () => truncateSync(at('library.json'), 300)],
      ['zero bytes', () => writeFileSync(at('library.json'), Buffer.alloc(500))],
      ['foreign', () => writeFileSync(at('library.json'), '[1]')],
    ] as const
  ).map(([what, harm]) => ({
    ...{ what: `the library file ${what}`, harm, names: ['library'] as CheckName[] },
    would:
      /^Keep the damaged file under a dated name, and bring your marks and notes back from the backup .* and the journal of the changes after it\.$/,
  })),
  {
    what: 'the library file gone',
    harm: () => rmSync(at('library.json')),
    names: ['library'],
    would: /^Bring your marks and notes back from the backup/,
  },
  {
    what: 'the library file and its backup damaged',
    harm: () => {
      truncateSync(at('library.json'), 9);
      truncateSync(at('library.backup.json'), 0);
    },
    names: ['library', 'backup'],
    would: /bring your marks and notes back from the earlier state .* and the journal/,
  },
  {
    what: 'the backup damaged',
    harm: () => damage(at('library.backup.json'), 1),
    names: ['backup'],
    would: /^Keep the damaged file under a dated name, and make a new backup\.$/,
  },
  {
    what: 'the last line of the journal changed',
    harm: () => damage(lastJournal(), 'end'),
    names: ['journal'],
    would: /^Keep what is damaged under a dated name, and write/,
    loses: true,
  },
  {
    what: 'a line of the journal that library.json holds changed',
    harm: () => damage(at('journal', '00000001.log'), 400),
    names: ['journal'],
    would: /^Keep what is damaged/,
  },
  {
    what: 'the journal gone',
    harm: () => rmSync(at('journal'), { recursive: true }),
    names: ['journal'],
    would: /^Begin a new one/,
    loses: true,
  },
  {
    what: 'a file in the place of the journal',
    harm: () => {
      rmSync(at('journal'), { recursive: true });
      writeFileSync(at('journal'), secret, { mode: 0o600 });
    },
    names: ['journal'],
    would: /^Keep it under a dated name, and begin a new journal/,
    loses: true,
  },
  {
    what: 'a library file from elsewhere',
    harm: async () => {
      const other = `${folder}-other`;
      await mkdir(other);
      const { store, marks } = await openReader(other);
      await marks.setNote({ id: 'arxiv:9', markedAs: [] }, secret);
      await store.close();
      copyFileSync(join(other, 'library.json'), at('library.json'));
      await rm(other, { recursive: true });
    },
    names: ['journal', 'undo'],
    would: /^Keep the journal under a dated name, and go on with library\.json\.$/,
    loses: true,
  },
  {
    what: 'steps of Undo damaged',
    harm: () => damage(steps(), 300),
    names: ['undo'],
    would: /^Forget these steps/,
  },
  {
    what: 'an earlier state damaged',
    harm: () => truncateSync(only('generations'), 200),
    names: ['generations'],
    would: /^Keep what cannot be read under a dated name/,
  },
  {
    what: 'a file in the place of the earlier states',
    harm: () => {
      rmSync(at('generations'), { recursive: true });
      writeFileSync(at('generations'), 'x', { mode: 0o600 });
    },
    names: ['generations'],
    would: /^Keep it under a dated name\.$/,
  },
  {
    what: 'past versions of notes damaged',
    harm: () => damage(only('notes'), 200),
    names: ['notes'],
    would: /^Keep a copy of what is damaged/,
  },
  {
    what: 'the papers damaged',
    harm: () => truncateSync(at('corpus.db'), 5000),
    names: ['papers'],
    would: /^Keep what is there under a dated name, and read all papers again/,
  },
  {
    what: 'the papers gone',
    harm: () => rmSync(at('corpus.db')),
    names: ['papers'],
    would: /^Read all papers again/,
  },
  {
    what: 'an imported file changed',
    harm: () => damage(capture(), 10),
    names: ['captures'],
    would: /^$/,
    remains: ['captures'],
  },
  {
    what: 'an imported file gone',
    harm: () => rmSync(capture()),
    names: ['captures'],
    would: /^$/,
    remains: ['captures'],
  },
  {
    what: 'the copy of the marks damaged',
    harm: () => writeFileSync(at('marks.db'), 'nonsense', { mode: 0o600 }),
    names: ['marks'],
    would: /^Remove it: it is a copy/,
  },
  {
    what: 'files that others can read',
    harm: () => {
      chmodSync(at('library.json'), 0o644);
      chmodSync(at('captures'), 0o755);
    },
    names: process.platform === 'win32' ? [] : ['permissions'],
    would: /^Keep them to you/,
  },
  {
    what: 'a restore cut off',
    harm: async () => {
      await mkdir(at('restoring', 'new'), { recursive: true, mode: 0o700 });
      await systemFiles.copyFile(at('library.json'), at('restoring', 'new', 'library.json'));
    },
    names: ['restoring'],
    would: /^Remove what was made ready; nothing of the library has been changed yet\.$/,
  },
];

describe.each(damages)('$what', ({ harm, names, would, remains = [], loses = false }) => {
  test('is named, and repairing does what is said and loses nothing more', async () => {
    const before = await (async () => {
      const copy = `${folder}-before`;
      await cp(folder, copy, { recursive: true });
      const { store } = await openReader(copy);
      const { records, pairs, views, tagColours } = stateOf(store);
      await store.close();
      await rm(copy, { recursive: true });
      return { records, pairs, views, tagColours };
    })();
    await harm();
    const harmed = content();
    const report = await diagnose(folder);
    expect(problems(report)).toEqual(names);
    expect(report.healthy).toBe(names.length === 0);
    expect(JSON.stringify(report)).not.toContain(secret);
    if (names[0]) expect(check(report, names[0]).would ?? '').toMatch(would);
    expect(content()).toEqual(harmed);

    const after = await repair(folder);
    expect(JSON.stringify(after)).not.toContain(secret);
    expect(problems(after), JSON.stringify(after.repaired)).toEqual(remains);
    const repairable = names.filter((name) => check(report, name).would !== null);
    expect(after.repaired?.map(({ name }) => name)).toEqual(expect.arrayContaining(repairable));
    for (const { done } of after.repaired ?? []) expect(done).not.toMatch(/^Not done/);
    const now = await said();
    expect(now.notices).toEqual([]);
    if (!loses) expect(now.state).toEqual(before);
    // Whatever was damaged is still somewhere, but what is only a copy.
    if (
      names.some((name) => ['library', 'backup', 'generations', 'notes', 'papers'].includes(name)) &&
      !/gone/.test(expect.getState().currentTestName ?? '')
    ) {
      expect(notOk(await diagnose(folder))).toContain('set-aside');
    }
  });
});

test('half a line at the end of the journal is worth a word, and is cut off', async () => {
  const path = lastJournal();
  writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.from('0123abcd {"sequence":9')]));
  const before = await diagnose(folder);
  expect([before.healthy, check(before, 'journal')]).toMatchObject([
    true,
    { state: 'warning', would: 'Cut off the half line.' },
  ]);
  const after = await repair(folder);
  expect(check(after, 'journal').state).toBe('ok');
  expect((await said()).notices).toEqual([]);
});

test('files that a newer Offprint wrote are told and left alone', async () => {
  const text = readFileSync(at('library.json'), 'utf8');
  writeFileSync(at('library.json'), text.replace('"schema":2', '"schema":99'));
  const before = content();
  expect(check(await diagnose(folder), 'library')).toMatchObject({
    state: 'problem',
    would: null,
    message: expect.stringContaining('newer Offprint'),
  });
  const after = await repair(folder);
  expect(after.healthy).toBe(false);
  expect(content()).toEqual(before);
});

test('what programs have left is told and removed', async () => {
  const leftovers = [
    'library.json',
    'generations/x.json.gz',
    'notes/00000001.log',
    'journal/00000009.log',
    'taken-marks/1.json',
  ];
  await mkdir(at('incoming'), { mode: 0o700 });
  await mkdir(at('taken-marks'), { recursive: true, mode: 0o700 });
  for (const name of leftovers) writeFileSync(at(`${name}.${crypto.randomUUID()}.tmp`), 'half', { mode: 0o600 });
  writeFileSync(at('incoming', crypto.randomUUID()), 'half', { mode: 0o600 });
  writeFileSync(at('lock.json'), '{"pid":1}', { mode: 0o600 });
  const before = await diagnose(folder);
  expect([before.healthy, notOk(before)]).toEqual([true, ['lock', 'leftovers']]);
  const after = await repair(folder);
  expect(after.repaired?.map(({ name }) => name)).toEqual(['lock', 'leftovers']);
  expect(notOk(after)).toEqual([]);
  expect(notOk(await diagnose(folder))).toEqual([]);
  expect(inFolder('.').filter((name) => name.endsWith('.tmp') || name === 'lock.json')).toEqual([]);
});

test('what was set aside before is named, and stays', async () => {
  const name = 'library.damaged-2026-01-02T03-04-05.json';
  writeFileSync(at(name), secret, { mode: 0o600 });
  const report = await repair(folder);
  expect([report.healthy, notOk(report), report.repaired]).toEqual([true, ['set-aside'], []]);
  expect(check(report, 'set-aside').message).toContain(name);
  expect(readFileSync(at(name), 'utf8')).toBe(secret);
});

test('a folder for copies that is not there is told', async () => {
  const { store } = await openReader(folder);
  await store.change({ settings: { copies: { folder: at('nowhere'), every: 'day', keep: 3 } } });
  await store.close();
  expect(check(await diagnose(folder), 'copies')).toMatchObject({ state: 'warning', would: null });
});

test('a folder that another Offprint uses is looked at and not repaired', async () => {
  const lock = await lockFolder(folder);
  const { store, marks } = await openReader(folder);
  let isWriting = true;
  const write = async () => {
    for (let number = 0; isWriting; number += 1)
      await marks.setNote({ id: 'arxiv:7', markedAs: [] }, `${number} ${secret}`);
  };
  const writing = write();
  const report = await diagnose(folder);
  expect(problems(report)).toEqual([]);
  expect(check(report, 'lock')).toMatchObject({
    state: 'warning',
    message: expect.stringContaining(`process ${process.pid}`),
  });
  isWriting = false;
  await writing;
  await expect(repair(folder)).rejects.toMatchObject({ code: 'locked' });
  await store.close();
  lock.release();
  expect(check(await diagnose(folder), 'lock').state).toBe('ok');
});

test('too little room is told, and a disk that may not keep what it is given', async () => {
  const patient = { folder, files: systemFiles, isHeld: false };
  const disk = (free: number, type = 0xef53) => checkDisk(patient, async () => ({ free, type }));
  expect((await disk(1e12)).state).toBe('ok');
  expect((await disk(1e8)).state).toBe('warning');
  expect((await disk(1e6)).state).toBe('problem');
  const isLinux = process.platform === 'linux';
  expect((await disk(1e12, 0x6969)).message).toContain(isLinux ? 'NFS' : 'free');
  expect((await disk(1e12, 0xff534d42 | 0)).message).toContain(isLinux ? 'SMB' : 'free');
});

test.skipIf(process.platform === 'win32')('a link that leads nowhere is told in the place of a file', async () => {
  rmSync(at('library.json'));
  await symlink(at('nowhere'), at('library.json'));
  expect(check(await diagnose(folder), 'library').message).toContain('link to something that is not there');
  expect((await repair(folder)).healthy).toBe(true);
  expect((await stat(at('library.json'))).isFile()).toBe(true);
});

describe('pictures of notes', () => {
  const png = (more: string) => Buffer.from(`\x89PNG\r\n\x1a\n${more}`, 'latin1');
  /** Keeps a picture, and writes a note that shows it. */
  async function shown(more: string): Promise<string> {
    const name = await keepImage(folder, 'image/png', png(more));
    const { store, marks } = await openReader(folder);
    await marks.setNote({ id: 'arxiv:2306.12345', markedAs: [] }, `${secret} ![](images/${name})`);
    await store.close();
    return name;
  }

  test('that are there are fine, those that no note shows are told of and stay', async () => {
    await shown('one');
    await keepImage(folder, 'image/png', png('idle'));
    const report = await diagnose(folder);
    expect(check(report, 'images')).toMatchObject({
      state: 'ok',
      message: expect.stringContaining('1 of them is in no note now'),
    });
    await repair(folder);
    expect(inFolder('images')).toHaveLength(2);
  });

  test('that are gone or damaged are told of', async () => {
    const name = await shown('one');
    writeFileSync(at('images', name), 'no picture');
    expect(check(await diagnose(folder), 'images').state).toBe('problem');
    rmSync(at('images', name));
    const { state, message } = check(await diagnose(folder), 'images');
    expect([state, message]).toEqual(['problem', expect.stringContaining(name)]);
    expect(message).not.toContain(secret);
  });
});
