import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Incoming, mostIncoming } from './incoming.ts';

let folder: string;
let now = 0;
let incoming: Incoming;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-incoming-'));
  incoming = new Incoming(folder, () => now);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const left = () => readdir(join(folder, 'incoming')).catch(() => []);
const bytesOf = (text: string) => new TextEncoder().encode(text);

test('a file sent in pieces is there whole, its owner’s only, until it is released', async () => {
  const upload = await incoming.open('é/library.bib', 6);
  // Sent without waiting: the pieces must still stand in their order.
  await Promise.all([incoming.append(upload, bytesOf('abc')), incoming.append(upload, bytesOf('def'))]);
  const [file] = await incoming.take([upload]);
  expect(file?.name).toBe('é/library.bib');
  expect(await readFile(file?.path ?? '', 'utf8')).toBe('abcdef');
  if (process.platform !== 'win32') {
    expect((await stat(file?.path ?? '')).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'incoming'))).mode & 0o777).toBe(0o700);
  }
  await incoming.discard(upload);
  expect(await left()).toHaveLength(1);
  await expect(incoming.append(upload, bytesOf(''))).rejects.toMatchObject({ code: 'bad-input' });
  await expect(incoming.take([upload])).rejects.toMatchObject({ code: 'bad-input' });
  await incoming.release([upload]);
  expect(await left()).toEqual([]);
  await expect(incoming.take([upload])).rejects.toMatchObject({ code: 'not-found' });
});

test('a file of the reader’s is read where it stands, and is never written to nor removed', async () => {
  const path = join(folder, 'mine.bib');
  await writeFile(path, 'mine');
  const [upload = '', other = ''] = incoming.adopt([
    { name: 'mine.bib', path },
    { name: 'other.bib', path },
  ]);
  expect(await left()).toEqual([]);
  for (const bytes of ['', 'more']) {
    await expect(incoming.append(upload, bytesOf(bytes))).rejects.toMatchObject({ code: 'bad-input' });
  }
  expect(await incoming.take([upload])).toEqual([{ name: 'mine.bib', path }]);
  await incoming.release([upload]);
  await incoming.discard(other);
  await expect(incoming.take([upload])).rejects.toMatchObject({ code: 'not-found' });
  await expect(incoming.take([other])).rejects.toMatchObject({ code: 'not-found' });
  incoming.adopt([{ name: 'mine.bib', path }]);
  await incoming.clear();
  expect(await readFile(path, 'utf8')).toBe('mine');
});

test('more files of the reader’s than are taken in at once are none', async () => {
  const files = Array.from({ length: mostIncoming.files }, (_, at) => ({ name: `${at}.bib`, path: `/${at}.bib` }));
  await incoming.open('x', 1);
  expect(() => incoming.adopt(files)).toThrow('Import it in several parts');
  expect(incoming.adopt(files.slice(1))).toHaveLength(files.length - 1);
});

test('any pieces of any bytes arrive as they were sent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 6 }), async (pieces) => {
      const whole = Buffer.concat(pieces);
      const upload = await incoming.open('x', whole.length);
      for (const piece of pieces) await incoming.append(upload, piece);
      const [file] = await incoming.take([upload]);
      expect(await readFile(file?.path ?? '')).toEqual(whole);
      await incoming.release([upload]);
    }),
    { numRuns: 30 },
  );
});

test('one that is longer than was said, or has not arrived whole, is not imported', async () => {
  const [short, long] = await Promise.all([incoming.open('short.txt', 3), incoming.open('long.txt', 3)]);
  await incoming.append(short, bytesOf('ab'));
  await incoming.append(long, bytesOf('abc'));
  await expect(incoming.append(long, bytesOf('d'))).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('long.txt'),
  });
  await expect(incoming.take([long, short])).rejects.toMatchObject({ message: expect.stringContaining('short.txt') });
  // None is taken when one cannot be.
  expect(await incoming.take([long])).toHaveLength(1);
});

test('a stream is taken in whatever its length, and thrown away when it stops or breaks', async () => {
  async function* pieces() {
    yield bytesOf('one ');
    yield bytesOf('two');
  }
  const upload = (await incoming.receive('standard input', pieces())) ?? '';
  const [file] = await incoming.take([upload]);
  expect(await readFile(file?.path ?? '', 'utf8')).toBe('one two');
  await incoming.release([upload]);
  async function* silent() {
    yield bytesOf('one');
    await new Promise(() => {});
  }
  const interrupt = new AbortController();
  const receiving = incoming.receive('x', silent(), interrupt.signal);
  await expect.poll(left, { interval: 1 }).toHaveLength(1);
  interrupt.abort();
  expect(await receiving).toBeNull();
  async function* broken() {
    yield bytesOf('one');
    throw new Error('the pipe broke');
  }
  await expect(incoming.receive('x', broken())).rejects.toThrow('the pipe broke');
  expect(await left()).toEqual([]);
});

test('more than there is room for is refused, until what nobody sends on is thrown away', async () => {
  const first = await incoming.open('first', mostIncoming.bytes);
  await expect(incoming.open('second', 1)).rejects.toMatchObject({ code: 'refused' });
  now += 11 * 60_000;
  const second = await incoming.open('second', 1);
  await expect(incoming.append(first, bytesOf('x'))).rejects.toMatchObject({ code: 'not-found' });
  await incoming.append(second, bytesOf('x'));
});

test('what a killed process left is cleared away', async () => {
  await mkdir(join(folder, 'incoming'));
  await writeFile(join(folder, 'incoming', 'left'), 'x');
  await incoming.clear();
  expect(await readdir(folder)).toEqual([]);
  await incoming.open('next', 1);
  expect(await left()).toHaveLength(1);
});

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'a folder that cannot be written is named by its consequence',
  async () => {
    await chmod(folder, 0o500);
    await expect(incoming.open('library.bib', 1)).rejects.toMatchObject({
      code: 'unreadable',
      message: expect.stringMatching(/library\.bib .*Nothing was imported/),
    });
    await chmod(folder, 0o700);
  },
);
