import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OpenRequest, openRequestSchema } from '../../shared/host-calls.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { FileToImport } from '../corpus/papers-writer.ts';
import type { Asked } from './asked.ts';
import { requestsFor } from './requests.ts';

const onUnix = process.platform !== 'win32';
const uuid = '00000000-0000-4000-8000-000000000000';

let folder: string;
let taken: FileToImport[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint opening é-'));
  taken = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function requested(...asked: (string | Asked)[]): Promise<OpenRequest[]> {
  const all = asked.map((one) => (typeof one === 'string' ? ({ kind: 'argument', text: one } as const) : one));
  const requests = await requestsFor(all, folder, async (files) => {
    taken.push(...files);
    return files.map(() => uuid);
  });
  for (const request of requests) expect(openRequestSchema.parse(request)).toEqual(request);
  return requests;
}

const refusal = async (...asked: (string | Asked)[]) => {
  const requests = await requested(...asked);
  expect(requests).toHaveLength(1);
  expect(taken).toEqual([]);
  return requests[0]?.kind === 'refused' ? requests[0].message.replaceAll(folder, 'FOLDER') : requests[0];
};

function write(name: string, content: string | Buffer = '@misc{a,}'): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const importOf = (uploads: number, fields: object = {}) => ({
  kind: 'import',
  uploads: Array(uploads).fill(uuid),
  passedOver: 0,
  failures: [],
  ...fields,
});

describe('files', () => {
  test('are meant from the folder of whoever asks, come once each, and are called by their names', async () => {
    const [one, two] = [write('one é.bib'), write('sub/two.ris')];
    expect(await requested('one é.bib', './sub/../one é.bib', one, 'sub/two.ris')).toEqual([importOf(2)]);
    expect(taken).toEqual([
      { path: one, name: 'one é.bib' },
      { path: two, name: 'two.ris' },
    ]);
  });

  test('come by file addresses of this computer, as Linux gives them', async () => {
    const path = write('a b#é%.bib');
    const address = pathToFileURL(path).href;
    expect(await requested(address, address.replace('file://', 'file://localhost'))).toEqual([importOf(1)]);
    expect(taken).toEqual([{ path, name: 'a b#é%.bib' }]);
  });

  test('in a folder come all at once, with what is no text counted', async () => {
    write('shelf/b/deep.bib');
    write('shelf/a.bib');
    write('shelf/.hidden.bib');
    write('shelf/picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0]));
    // Asked for twice, once by itself.
    expect(await requested('shelf', 'shelf/a.bib')).toEqual([importOf(2, { passedOver: 1 })]);
    expect(taken.map(({ name }) => name)).toEqual(['shelf/a.bib', 'shelf/b/deep.bib']);
  });

  test('beside what cannot be opened come, and that is named', async () => {
    write('a.bib');
    const [request] = await requested('a.bib', 'gone.bib');
    expect(request).toEqual(
      importOf(1, {
        failures: [{ path: join(folder, 'gone.bib'), reason: `${join(folder, 'gone.bib')} does not exist.` }],
      }),
    );
  });

  test('that there is no room for are refused in the words of who refuses them', async () => {
    write('a.bib');
    const refuse = () => Promise.reject(new OffprintError('refused', 'This is more than Offprint takes in at once.'));
    expect(await requestsFor([{ kind: 'path', text: 'a.bib' }], folder, refuse)).toEqual([
      { kind: 'refused', message: 'This is more than Offprint takes in at once.' },
    ]);
  });
});

describe('a backup', () => {
  test('is restored, not imported, whatever the case of its name', async () => {
    const path = write('Mine.OffPrint', 'PK');
    expect(await requested('Mine.OffPrint')).toEqual([{ kind: 'backup', upload: uuid, name: 'Mine.OffPrint' }]);
    expect(taken).toEqual([{ path, name: 'Mine.OffPrint' }]);
  });

  test('is refused beside anything else, which comes', async () => {
    write('mine.offprint', 'PK');
    write('a.bib');
    const [request] = await requested('mine.offprint', 'a.bib');
    expect(request).toMatchObject({ kind: 'import', failures: [{ reason: expect.stringContaining('open it alone') }] });
    expect(taken.map(({ name }) => name)).toEqual(['a.bib']);
  });

  test('is refused beside another one, and where it was asked for with something that is not there', async () => {
    write('one.offprint', 'PK');
    write('two.offprint', 'PK');
    expect(await refusal('one.offprint', 'two.offprint')).toContain('open it alone');
    expect(await refusal('one.offprint', 'gone.bib')).toContain('open it alone');
  });
});

describe('what is neither a file nor a link of ours', () => {
  test.each([
    ['gone.bib', 'FOLDER/gone.bib does not exist.'],
    ['https://example.org/a.bib', 'Offprint opens files and its own links, not “https://example.org/a.bib”.'],
    ['HTTP://example.org', 'Offprint opens files and its own links, not “HTTP://example.org”.'],
    ['app://offprint/index.html', 'Offprint opens files and its own links, not “app://offprint/index.html”.'],
    ['file://example.org/share/a.bib', 'Offprint opens files and its own links, not “file://example.org/share/a.bib”.'],
    ['file:///etc%2Fpasswd', 'Offprint opens files and its own links, not “file:///etc%2Fpasswd”.'],
    ['file:a.bib', 'Offprint opens files and its own links, not “file:a.bib”.'],
    ['offprint:a.bib', 'This is not a link that Offprint can open: “offprint:a.bib”.'],
    ['a\0.bib', 'a�.bib is not the path of a file.'],
    ['x'.repeat(5000), expect.stringMatching(/^FOLDER\/x{50,}… .{10,}\.$/)],
  ])('%j is refused', async (text, message) => {
    write('a.bib');
    expect(await refusal(text)).toEqual(message);
  });

  test('a file address is no path where macOS gives a link, and a link none where it gives a path', async () => {
    const path = write('a.bib');
    expect(await refusal({ kind: 'link', text: pathToFileURL(path).href })).toContain(
      'not a link that Offprint can open',
    );
    expect(await refusal({ kind: 'link', text: path })).toContain('not a link that Offprint can open');
    expect(await refusal({ kind: 'path', text: 'offprint://search?q=x' })).toContain('does not exist');
    expect(await refusal({ kind: 'path', text: pathToFileURL(path).href })).toContain('does not exist');
  });

  test('what shows nothing, or turns text around, is not repeated', async () => {
    expect(await refusal('https://x/\u202egro.elpmaxe\u001b[31m\n')).toBe(
      'Offprint opens files and its own links, not “https://x/�gro.elpmaxe�[31m�”.',
    );
  });

  test.runIf(onUnix)('pipes, devices and sockets are refused without waiting for them', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.bib')]);
    const server = createServer().listen(join(folder, 'socket.bib'));
    symlinkSync(join(folder, 'pipe.bib'), join(folder, 'linked.bib'));
    symlinkSync('nowhere', join(folder, 'dangling.bib'));
    for (const name of ['pipe.bib', 'socket.bib', 'linked.bib', '/dev/null', '/dev/zero']) {
      expect(await refusal(name)).toMatch(/is not a regular file\.$/);
    }
    expect(await refusal('dangling.bib')).toBe('FOLDER/dangling.bib does not exist.');
    server.close();
  });

  test.runIf(onUnix && process.getuid?.() !== 0)('a file that may not be read is refused', async () => {
    chmodSync(write('closed.bib'), 0);
    expect(await refusal('closed.bib')).toBe('FOLDER/closed.bib could not be read: permission was denied.');
  });

  test.each(['\\\\.\\PhysicalDrive0', '\\\\?\\C:\\a.bib', '//./pipe/x'])('%s is no file', async (path) => {
    expect(await refusal({ kind: 'path', text: path })).toMatch(/not the path of a file|does not exist/);
  });

  test('a folder without anything to import says so', async () => {
    mkdirSync(join(folder, 'empty'));
    expect(await refusal('empty')).toBe('FOLDER/empty holds no file that could be imported.');
    expect(await requested()).toEqual([]);
    expect(await requested('', { kind: 'path', text: '' })).toEqual([]);
  });

  test('more than so many things are not looked at; of many refusals the first are said and the others counted', async () => {
    expect(await refusal(...Array<string>(10_001).fill('a.bib'))).toBe(
      'That is more than Offprint opens at once (10000).',
    );
    const gone = Array.from({ length: 6 }, (_, at) => `gone ${at}.bib`);
    expect(await refusal(...gone)).toBe(
      'FOLDER/gone 0.bib does not exist. FOLDER/gone 1.bib does not exist. FOLDER/gone 2.bib does not exist. ' +
        '3 more could not be opened.',
    );
  });
});

test('links come first, then the files, then what was refused', async () => {
  write('a.bib');
  expect(
    await requested('gone', 'a.bib', 'offprint://search?q=x', 'https://x', 'offprint://paper/arxiv:2306.12345'),
  ).toEqual([
    { kind: 'search', query: 'x' },
    { kind: 'paper', id: 'arxiv:2306.12345' },
    importOf(1, { failures: [expect.objectContaining({ path: join(folder, 'gone') })] }),
    { kind: 'refused', message: 'Offprint opens files and its own links, not “https://x”.' },
  ]);
});

test('nothing that is asked for takes anything but what stands in the folder, and nothing of it throws', async () => {
  write('a.bib');
  const anything = fc.record({
    kind: fc.constantFrom('argument' as const, 'path' as const, 'link' as const),
    text: fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .constantFrom(
          'a.bib',
          './a.bib',
          'offprint://paper/',
          'offprint://search?q=',
          'file:///',
          'file://',
          '\0',
          '',
          '..',
          '.',
        )
        .chain((start) => fc.string({ unit: 'binary', maxLength: 5 }).map((rest) => start + rest)),
    ),
  });
  await fc.assert(
    // Absolute paths lead out of the folder, where this test has no business.
    fc.asyncProperty(
      fc.array(
        anything.filter(({ text }) => !/^(?:file:|[\\/.]|$)/.test(text)),
        { maxLength: 5 },
      ),
      async (asked) => {
        taken = [];
        await requested(...asked);
        for (const { path } of taken) expect(path).toBe(join(folder, 'a.bib'));
      },
    ),
    { numRuns: 40 },
  );
});
