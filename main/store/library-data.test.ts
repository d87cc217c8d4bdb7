import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { settingsSchema } from '../../shared/settings.ts';
import { emptyLibrary, imageOf, type LibraryData, mergeSettings, readSettings } from './library-data.ts';
import { printLibrary, readLibrary } from './library-file.ts';

const recordArbitrary = fc.record(
  {
    status: fc.constantFrom('unread' as const, 'queued' as const, 'reading' as const, 'read' as const),
    starred: fc.boolean(),
    tags: fc.array(fc.string({ unit: 'binary' })),
    note: fc.string({ unit: 'binary' }),
    noteChangedAt: fc.integer(),
    changedAt: fc.integer(),
    laterField: fc.jsonValue(),
  },
  { requiredKeys: ['changedAt'] },
);

const position = { id: 'one', upTo: 7, line: '0123abcd' };

function printed(data: LibraryData): string {
  return [...printLibrary(imageOf(data), position)].join('');
}

/** What JSON makes of a value: -0 and such become what they would be after a round trip. */
function asJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

test('whatever is printed is read back the same, for any notes and unknown fields', () => {
  const id = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => text !== '__proto__');
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(id, recordArbitrary), { selector: ([key]) => key }), (entries) => {
      const data = { ...emptyLibrary(), papers: new Map(asJson(entries)) };
      const result = readLibrary(new TextEncoder().encode(printed(data)));
      expect(result).toEqual({ kind: 'good', data, position, isAstray: false, unclear: [] });
    }),
    { numRuns: 200 },
  );
});

test('which papers are the same is kept; what cannot be understood of it costs only itself', () => {
  const pairs = { same: [['arxiv:1', 'doi:10.1/x']], different: [['arxiv:2', 'title:0000000000000000']] } as const;
  const text = printed({ ...emptyLibrary(), pairs });
  expect(readLibrary(Buffer.from(text))).toMatchObject({ kind: 'good', data: { pairs }, unclear: [] });
  const garbled = text.replace('["arxiv:1","doi:10.1/x"]', '["arxiv:1","doi:10.1/x"],["arxiv:1"],7');
  expect(readLibrary(Buffer.from(garbled))).toMatchObject({ kind: 'good', data: { pairs }, unclear: ['“pairs”'] });
});

test('no bytes whatever make reading throw', () => {
  const mutated = fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 8 }), fc.nat(400)).map(([bytes, at]) => {
    const text = printed({ ...emptyLibrary(), papers: new Map([['arxiv:1', { changedAt: 1, note: 'n' }]]) });
    const file = new TextEncoder().encode(text);
    file.set(bytes.slice(0, Math.max(0, file.length - at)), Math.min(at, file.length));
    return file;
  });
  fc.assert(
    fc.property(
      fc.oneof(
        mutated,
        fc.uint8Array(),
        fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
      ),
      (bytes) => {
        expect(['good', 'newer', 'damaged']).toContain(readLibrary(bytes).kind);
      },
    ),
    { numRuns: 500 },
  );
});

test('ids and fields named like properties of objects are harmless', () => {
  const file =
    '{"format":"offprint-library","schema":1,"stamp":"s","__proto__":{"polluted":1},' +
    '"settings":{"__proto__":{"theme":"dark"}},' +
    '"papers":{"__proto__":{"changedAt":1,"starred":true},"constructor":{"changedAt":1,"__proto__":{"note":"x"}}}}';
  const result = readLibrary(Buffer.from(file));
  if (result.kind !== 'good') throw new Error(result.kind);
  expect(result.data.papers.get('__proto__')).toEqual({ changedAt: 1, starred: true });
  expect(result.data.papers.get('constructor')?.note).toBeUndefined();
  expect(result.data.papers.get('toString')).toBeUndefined();
  expect(readSettings(result.data.settings).theme).toBe('system');
  expect(readSettings(mergeSettings(result.data.settings, { density: 'compact' })).theme).toBe('system');
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  expect('polluted' in {}).toBe(false);
});

test('one setting that cannot be understood does not take the others with it', () => {
  const stored = { theme: 'sepia', density: 'comfortable', window: 'everywhere', bundledAt: 12 };
  expect(readSettings(stored)).toEqual({ ...settingsSchema.parse({}), density: 'comfortable', bundledAt: 12 });
});

test('a change of settings keeps the fields it does not know, one level deep', () => {
  const stored = { theme: 'sepia', panes: { views: 300, minimap: true }, font: 'serif' };
  const panes = { ...settingsSchema.parse({}).panes, views: 180 };
  expect(mergeSettings(stored, { panes })).toEqual({
    theme: 'sepia',
    font: 'serif',
    panes: { ...panes, minimap: true },
  });
});

describe('what an editor or another program makes of a file', () => {
  const text = printed({ ...emptyLibrary(), papers: new Map([['arxiv:1', { changedAt: 1, note: 'Größe 長い 😀' }]]) });
  const utf16 = Buffer.from(text, 'utf16le');
  const mark = Buffer.from([0xef, 0xbb, 0xbf]);
  const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();

  test.each([
    ['a byte order mark', Buffer.concat([mark, Buffer.from(text)])],
    ['UTF-16', utf16],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 the other way round', swapped(utf16)],
    ['UTF-16 the other way round, with a mark', swapped(Buffer.from(`\ufeff${text}`, 'utf16le'))],
    ['lines that end as on Windows', Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['all on lines of their own', Buffer.from(JSON.stringify(JSON.parse(text), null, 2))],
  ])('%s changes nothing of what it says', (_, bytes) => {
    expect(readLibrary(bytes)).toEqual(readLibrary(Buffer.from(text)));
  });

  test.each([
    ['stamp', undefined],
    ['stamp', 5],
    ['stamp', ''],
    ['settings', undefined],
    ['settings', []],
    ['settings', 'dark'],
  ])('%s that is %j costs nothing but itself', (field, value) => {
    const file = { ...JSON.parse(text), [field]: value };
    const { papers } = JSON.parse(text);
    const result = readLibrary(Buffer.from(JSON.stringify(file)));
    expect(result).toMatchObject({ kind: 'good', position, unclear: [`“${field}”`] });
    if (result.kind === 'good') {
      expect(Object.fromEntries(result.data.papers)).toEqual(papers);
      expect(result.data.stamp).not.toBe('');
      expect(readSettings(result.data.settings)).toEqual(settingsSchema.parse({}));
    }
  });

  test('a place in the journal that cannot be made out is said to be astray', () => {
    const file = JSON.stringify({ ...JSON.parse(text), journal: { id: 7 } });
    expect(readLibrary(Buffer.from(file))).toMatchObject({ kind: 'good', position: null, isAstray: true });
    const first = JSON.stringify({ ...JSON.parse(text), schema: 1, journal: undefined });
    expect(readLibrary(Buffer.from(first))).toMatchObject({ kind: 'good', position: null, isAstray: false });
  });

  test('of a newer layout, what is understood is there', () => {
    const file = JSON.stringify({ ...JSON.parse(text), schema: 9, stamp: { at: 5 }, views: 'many', shelves: [] });
    const result = readLibrary(Buffer.from(file));
    expect(result).toMatchObject({ kind: 'newer', position });
    if (result.kind === 'newer') expect(result.data.papers.get('arxiv:1')?.note).toBe('Größe 長い 😀');
    expect(readLibrary(Buffer.from('{"format":"offprint-library","schema":9}'))).toMatchObject({ kind: 'newer' });
  });
});
