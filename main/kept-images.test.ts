import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { imageTypeOf, noteImages } from '../shared/note-images.ts';
import { imageNameSchema, largestImage } from '../shared/notes-calls.ts';
import { keepImage, keptImages, readImage } from './kept-images.ts';
import { faultyFiles } from './store/store-testing.ts';

/** The smallest pictures there are: their beginnings. */
const png = Buffer.from('\x89PNG\r\n\x1a\n....', 'latin1');
const samples = {
  'image/png': png,
  'image/jpeg': Buffer.from('\xff\xd8\xff\xe0....', 'latin1'),
  'image/gif': Buffer.from('GIF89a....', 'latin1'),
  'image/webp': Buffer.from('RIFF\x04\x00\x00\x00WEBPVP8 ....', 'latin1'),
} as const;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-images-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(
  Object.keys(samples) as (keyof typeof samples)[],
)('%s is kept, once, under a name of its bytes', async (type) => {
  const name = await keepImage(folder, type, samples[type]);
  expect(imageNameSchema.parse(name)).toBe(name);
  expect(await keepImage(folder, type, samples[type])).toBe(name);
  expect(readdirSync(join(folder, 'images'))).toEqual([name]);
  expect(await readImage(folder, name)).toEqual({ type, bytes: new Uint8Array(samples[type]) });
  expect(await keptImages(folder)).toEqual([name]);
  if (process.platform === 'win32') return;
  expect(statSync(join(folder, 'images')).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'images', name)).mode & 0o777).toBe(0o600);
});

test.each([
  ['a document with scripts', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ['a page', '<!doctype html><script>alert(1)</script>'],
  ['nothing', ''],
  ['a picture of another kind', samples['image/gif']],
])('%s that is called a PNG is refused, and nothing is kept', async (_what, bytes) => {
  await expect(keepImage(folder, 'image/png', Buffer.from(bytes))).rejects.toMatchObject({ code: 'bad-input' });
  expect(await keptImages(folder)).toEqual([]);
});

test('a picture that is too large is refused', async () => {
  const bytes = Buffer.concat([png, Buffer.alloc(largestImage)]);
  await expect(keepImage(folder, 'image/png', bytes)).rejects.toMatchObject({ code: 'bad-input' });
  expect(imageTypeOf(bytes)).toBeNull();
});

test('a picture that was damaged is made whole by keeping it again', async () => {
  const name = await keepImage(folder, 'image/png', png);
  writeFileSync(join(folder, 'images', name), '<html>');
  expect(await readImage(folder, name)).toBeNull();
  await keepImage(folder, 'image/png', png);
  expect(readFileSync(join(folder, 'images', name))).toEqual(png);
});

test.each(Array.from({ length: 10 }, (_, at) => at))('whatever step fails, what is there is whole (%i)', async (at) => {
  const { files } = faultyFiles(() => ({ at, code: 'ENOSPC' }));
  const said = await keepImage(folder, 'image/png', png, files).catch((error: unknown) => error);
  if (typeof said !== 'string') expect(said).toMatchObject({ code: 'unreadable' });
  for (const name of readdirSync(folder).includes('images') ? readdirSync(join(folder, 'images')) : [])
    expect(readFileSync(join(folder, 'images', name))).toEqual(png);
  expect(await readImage(folder, await keepImage(folder, 'image/png', png))).not.toBeNull();
});

test('no other file is read, whatever it is called', async () => {
  const digits = 'a'.repeat(32);
  mkdirSync(join(folder, 'images', `${digits}.gif`), { recursive: true });
  writeFileSync(join(folder, 'secret.png'), png);
  writeFileSync(join(folder, 'images', 'secret.png'), png);
  writeFileSync(join(folder, 'images', `${digits}.svg`), '<svg/>');
  writeFileSync(join(folder, 'images', `${digits}.jpg`), png);
  symlinkSync(join(folder, 'secret.png'), join(folder, 'images', `${digits}.png`));
  for (const name of ['../secret.png', 'secret.png', '', '.', `${digits}.svg`, `${digits}.jpg`, `${digits}.png`])
    expect([name, await readImage(folder, name)]).toEqual([name, null]);
  expect(await readImage(folder, `${digits}.gif`)).toBeNull();
});

test('which pictures a note shows', () => {
  const [one, other] = [`${'0'.repeat(32)}.png`, `${'f'.repeat(32)}.webp`];
  const text = `![a](images/${one}) ![b](images/${other} "title") ![c](images/${one})
    ![d](https://example.org/images/${one.replace('0', '1')}) ![e](../images/${one.replace('0', '2')}) images/x.png`;
  expect(noteImages(text)).toEqual([one, other]);
});
