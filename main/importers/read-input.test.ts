import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, closeSync, ftruncateSync, openSync, readFileSync, symlinkSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import { longestWhole } from './importer.ts';
import { gathered, importedFrom, inputFolder } from './inputs-for-tests.ts';
import { type InputText, inspectInput, sourceName } from './read-input.ts';

const folder = inputFolder();
afterAll(() => folder.remove());

const inspect = (path: string, format: string | null = null) => inspectInput({ path, name: path, format });

async function failure(path: string, format: string | null = null): Promise<OffprintError> {
  const outcome = await inspect(path, format).catch((error: unknown) => error);
  if (outcome instanceof OffprintError) return outcome;
  throw outcome instanceof Error ? outcome : new Error(`${path} was taken`);
}

async function textOf(text: InputText): Promise<string> {
  return (await gathered(text.pieces())).join('');
}

/** A file of the given size that begins with `beginning`; the rest is a hole and takes no room. */
function long(name: string, beginning: string, size: number): string {
  const path = join(folder.path, name);
  const file = openSync(path, 'w');
  writeSync(file, beginning);
  ftruncateSync(file, size);
  closeSync(file);
  return path;
}

const pair = 'A Note on Walls\n\nWe study walls and prove a theorem about them.\n\n';
const capture = `Daily Papers\n\n${pair.repeat(5000)}`;
const small = `Daily Papers\n\n${pair}`;

describe('what cannot be read is refused with its path', () => {
  const written = (name: string, content: string | Uint8Array) => folder.write(name, content);

  test.each<[string, string, () => string, RegExp]>([
    ['a missing path', 'not-found', () => join(folder.path, 'missing.txt'), /does not exist/],
    ['a path through a file', 'not-found', () => join(written('file', 'x'), 'y.txt'), /does not exist/],
    ['a folder', 'bad-input', () => folder.path, /is a folder/],
    ['an empty file', 'bad-input', () => written('empty', ''), /is empty/],
    ['a gzip file of nothing', 'bad-input', () => written('empty.gz', gzipSync('')), /is empty/],
    ['white space', 'bad-input', () => written('blank', ' \n\t\r\n'), /holds nothing but white space/],
    ['a lot of white space', 'bad-input', () => written('blanks', ' '.repeat(2_000_000)), /begins with nothing but/],
    ['a byte-order mark alone', 'bad-input', () => written('bom', '\uFEFF'), /white space/],
    ['zeros', 'bad-input', () => written('zeros', Buffer.alloc(100)), /binary data/],
    ['a picture', 'bad-input', () => written('p.txt', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0])), /PNG/],
    ['a PDF', 'bad-input', () => written('d.txt', '%PDF-1.4\n\0\0'), /PDF/],
    ['a ZIP archive', 'bad-input', () => written('a.zip', 'PK\u0003\u0004\0\0\0\0'), /ZIP archive/],
    ['a tape archive, packed', 'bad-input', () => written('a.tgz', gzipSync(tape())), /tar archive/],
    ['an archive in an archive', 'bad-input', () => written('a.gz.gz', gzipSync(gzipSync(capture))), /gzip archive/],
    ['UTF-16 of zeros', 'bad-input', () => written('u', Buffer.from('\uFEFFab\0\0cd', 'utf16le')), /binary data/],
    ['a device', 'bad-input', () => '/dev/null', /regular file/],
    ['a path that cannot be', 'bad-input', () => 'a\0b', /not a path/],
    ['a name that is too long', 'bad-input', () => join(folder.path, 'x'.repeat(5000)), /not a path/],
  ])('%s', async (_, code, make, reason) => {
    const path = make();
    const error = await failure(path);
    expect(error.code).toBe(code);
    expect(error.message).toContain(path);
    expect(error.message).toMatch(reason);
    expect(error.message).toContain('Nothing was imported.');
  });

  test.skipIf(process.platform === 'win32')('a pipe that nobody writes to, a socket, a link to itself', async () => {
    const pipe = join(folder.path, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect((await failure(pipe)).message).toMatch(/pipe is not a regular file/);
    const socket = join(folder.path, 'socket');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    expect((await failure(socket)).message).toMatch(/socket is not a regular file/);
    await new Promise((resolve) => server.close(resolve));
    const loop = join(folder.path, 'loop');
    symlinkSync(loop, loop);
    expect((await failure(loop)).message).toMatch(/loop is a link that leads nowhere/);
  });

  test('a line of 200 MB, after a look at its beginning', async () => {
    const read: number[] = [];
    const path = long('line.txt', 'word '.repeat(400_000), 200 * 1024 * 1024);
    const inspected = inspectInput({ path, name: 'line', format: null, onBytes: (bytes) => read.push(bytes) });
    await expect(inspected).rejects.toThrow(/^line is not something .* it seems to be other text\./);
    expect(read.at(-1)).toBeLessThan(2_000_000);
  });

  test('what begins well and holds zeros later', async () => {
    expect((await failure(folder.write('torn.txt', `${capture.repeat(3)}\0\0\0`))).message).toMatch(
      /torn\.txt is damaged: it holds NUL bytes/,
    );
  });

  test('a format that is not known, with those that are', async () => {
    const { code, message } = await failure(folder.write('a.bib', capture), 'word');
    expect(code).toBe('bad-input');
    expect(message).toMatch(/a\.bib was not read: there is no format "word"\. Formats are .*daily-papers-text/);
  });
});

/** The beginning of a tar archive: its mark stands 257 bytes in. */
function tape(): Buffer {
  const bytes = Buffer.alloc(1024);
  bytes.write('notes.txt');
  bytes.write('ustar', 257);
  return bytes;
}

describe('what is read', () => {
  test('has the digest and size of the bytes as given, and the text as it is meant', async () => {
    const bytes = gzipSync(`\uFEFF${small.replaceAll('\n', '\r\n')}`);
    const input = await inspect(folder.write('given.gz', bytes));
    expect(input.digest).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(input.size).toBe(bytes.length);
    expect(input.decodedBytes).toBe(Buffer.byteLength(small.replaceAll('\n', '\r\n')) + 3);
    expect(input.importer.format).toBe('daily-papers-text');
    const text = input.open();
    expect(text.bytesRead).toBe(0);
    expect(await textOf(text)).toBe(small);
    expect(text.bytesRead).toBe(bytes.length);
    expect(await input.open().whole()).toBe(small);
  });

  test('is told as it is read', async () => {
    const path = folder.write('told.txt', capture.repeat(4));
    const told: number[] = [];
    await inspectInput({ path, name: 'told', format: null, onBytes: (bytes) => told.push(bytes) });
    expect(told.length).toBeGreaterThan(2);
    expect(told).toEqual(told.toSorted((left, right) => left - right));
    expect(told.at(-1)).toBe(readFileSync(path).length);
  });

  test.each<[string, Uint8Array]>([
    ['as it is', Buffer.from(small)],
    ['in several members', Buffer.concat([...(small.match(/.{1,40}/gs) ?? [])].map((part) => gzipSync(part)))],
    [
      'with an empty member in between',
      Buffer.concat([gzipSync(small.slice(0, 50)), gzipSync(''), gzipSync(small.slice(50))]),
    ],
    ['with zeros after it, as tapes have', Buffer.concat([gzipSync(small), Buffer.alloc(512)])],
  ])('%s is the same text', async (_, bytes) => {
    const input = await inspect(folder.write('same', bytes));
    expect(await textOf(input.open())).toBe(small);
  });

  test('gzip in members cut at any place, near the ends of what is read at once too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -40, max: 40 }), async (shift) => {
        // Stored, not packed: so the first member ends where it is meant to.
        const first = gzipSync(capture.slice(0, 1), { level: 0 });
        const length = 256 * 1024 + shift - (first.length - 1);
        const text = capture.repeat(2);
        const head = gzipSync(text.slice(0, length), { level: 0 });
        const bytes = Buffer.concat([head, gzipSync(text.slice(length))]);
        const input = await inspect(folder.write('members', bytes));
        expect((await input.open().whole()) === text).toBe(true);
      }),
      { numRuns: 8 },
    );
  });

  test('a file that was changed after it was looked at is refused', async () => {
    const path = folder.write('changing.txt', small);
    const input = await inspect(path);
    appendFileSync(path, pair);
    await expect(input.open().whole()).rejects.toThrow(/changing\.txt changed while it was being read/);
  });

  test('a text longer than may be read whole is refused, and can be read in pieces', async () => {
    const paragraph = `${'We prove it. '.repeat(200)}\n`;
    const packed = gzipSync(
      `Daily Papers\n\nA Title Here\n\n${paragraph.repeat(Math.ceil(longestWhole / paragraph.length) + 1)}`,
    );
    const input = await inspect(folder.write('whole.gz', packed), 'daily-papers-text');
    await expect(input.open().whole()).rejects.toThrow(
      /whole\.gz is too long for its format, of which at most 96 million/,
    );
  });
});

describe('damaged gzip', () => {
  const packed = gzipSync(capture);

  test('without its end', async () => {
    const error = await failure(folder.write('short.gz', packed.subarray(0, packed.length - 9)));
    expect(error.message).toMatch(/short\.gz is a gzip file whose end is missing/);
  });

  test.each<[string, Uint8Array]>([
    ['with a wrong checksum', Buffer.concat([packed.subarray(0, -8), Buffer.alloc(8, 7)])],
    ['with a wrong block', Buffer.concat([packed.subarray(0, 10), Buffer.alloc(400, 255)])],
    ['with other bytes after it', Buffer.concat([packed, Buffer.from('and so on')])],
  ])('%s', async (_, bytes) => {
    const { code, message } = await failure(folder.write('bad.gz', bytes));
    expect(code).toBe('bad-input');
    expect(message).toMatch(/bad\.gz is a damaged gzip file\. Nothing was imported\.$/);
  });

  test('cut anywhere', async () => {
    const whole = gzipSync(small);
    for (let length = 1; length < whole.length; length += 1) {
      const { message } = await failure(folder.write('cut.gz', whole.subarray(0, length)));
      expect(message).toMatch(length > 2 ? /cut\.gz is a gzip file whose end is missing/ : /cut\.gz is not/);
    }
  });
});

describe('stopping', () => {
  test('ends the inspection before more is read, with the reason given', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    let told = 0;
    const inspected = inspectInput({
      path: folder.write('stop.txt', capture.repeat(20)),
      name: 'stop',
      format: null,
      signal: stop.signal,
      onBytes: () => {
        told += 1;
        if (told === 2) stop.abort(reason);
      },
    });
    await expect(inspected).rejects.toBe(reason);
    expect(told).toBeLessThanOrEqual(3);
  });

  test('ends the unpacking of what unpacks for ever, and the reading of what was inspected', async () => {
    const stop = new AbortController();
    const path = folder.write('stop.gz', gzipSync(capture.repeat(20)));
    const input = await inspectInput({ path, name: 'stop', format: null, signal: stop.signal });
    const seen: string[] = [];
    const reading = (async () => {
      for await (const piece of input.open().pieces()) {
        seen.push(piece);
        stop.abort(new Error('enough'));
      }
    })();
    await expect(reading).rejects.toThrow('enough');
    expect(seen).toHaveLength(1);
  });

  test('leaves no file open', async () => {
    const path = folder.write('open.txt', capture.repeat(20));
    const input = await inspect(path);
    for (let round = 0; round < 20; round += 1) {
      for await (const _ of input.open().pieces()) break;
    }
    if (process.platform === 'linux') {
      const links = execFileSync('ls', ['-l', `/proc/${process.pid}/fd`], { encoding: 'utf8' });
      expect(links).not.toContain(path);
    }
  });
});

test('the format that the reader names is taken, whatever the file looks like', async () => {
  const path = folder.write('prose.txt', 'It was the year the river froze.\n');
  const input = await inspect(path, 'daily-papers-text');
  expect(input.importer.format).toBe('daily-papers-text');
  await expect(importedFrom(path, 'daily-papers-text')).rejects.toThrow(/prose\.txt is not something/);
});

test('what is of no format is told with what it seems to be', async () => {
  const { message } = await failure(folder.write('list', 'milk\neggs\nbread\nbutter\napples\ncoffee\ntea\n'));
  expect(message).toMatch(/list is not something Offprint can import: it seems to be a list of words\. Nothing was/);
});

test.each([
  ['/home/me/papers.txt', 'papers.txt'],
  ['C:\\Users\\me\\papers.txt', 'papers.txt'],
  ['pasted text', 'pasted text'],
])('%s is called %s', (path, name) => {
  expect(sourceName(path)).toBe(name);
});
