import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineEnds } from './line-ends.ts';
import { decoderOf, type Encoding, EncodingDetector } from './text-encoding.ts';

/** Cuts bytes into pieces of the given lengths, over and over. */
function* cut(bytes: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  let from = 0;
  for (let index = 0; from < bytes.length; index += 1) {
    const to = from + (lengths[index % lengths.length] ?? 1);
    yield bytes.subarray(from, to);
    from = to;
  }
}

function decoded(bytes: Uint8Array, lengths: readonly number[] = [4096]): { encoding: Encoding; pieces: string[] } {
  const detector = new EncodingDetector(bytes);
  for (const piece of cut(bytes, lengths)) detector.write(piece);
  const encoding = detector.encoding(true);
  const decoder = decoderOf(encoding);
  return { encoding, pieces: [...[...cut(bytes, lengths)].map((piece) => decoder.write(piece)), decoder.end()] };
}

function read(bytes: Uint8Array): [Encoding, string] {
  const { encoding, pieces } = decoded(bytes);
  return [encoding, pieces.join('')];
}

const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();
const paper = '@article{bal2020, title = {Über Fluß und Flüße}, author = {Balázs, Csaba}}';

test.each<[string, Uint8Array, Encoding, string]>([
  ['UTF-8', Buffer.from(paper), 'utf-8', paper],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${paper}`), 'utf-8', paper],
  ['UTF-16LE with a mark', Buffer.from(`\uFEFF${paper}`, 'utf16le'), 'utf-16le', paper],
  ['UTF-16BE with a mark', swapped(`\uFEFF${paper}`), 'utf-16be', paper],
  ['UTF-16LE without', Buffer.from(paper, 'utf16le'), 'utf-16le', paper],
  ['UTF-16BE without', swapped(paper), 'utf-16be', paper],
  [
    'UTF-16LE without, with zeros in lower halves',
    Buffer.from('TY  - JOUR\nTI  - 一本\u3000一番の本\nER  - \n', 'utf16le'),
    'utf-16le',
    'TY  - JOUR\nTI  - 一本\u3000一番の本\nER  - \n',
  ],
  ['Windows-1252', Buffer.from(paper, 'latin1'), 'windows-1252', paper],
  [
    'Windows-1252 quotes and dashes',
    Buffer.from([0x93, 0x41, 0x94, 0x20, 0x96, 0x20, 0x80]),
    'windows-1252',
    '“A” – €',
  ],
  [
    'Windows-1252 that could be UTF-8 here and there',
    Buffer.from('Spa\xdf\x93 über äö', 'latin1'),
    'windows-1252',
    'Spaß“ über äö',
  ],
  ['the end of UTF-8 cut off', Buffer.from('Größe und Maß è €').subarray(0, -1), 'mixed', 'Größe und Maß è â‚'],
  [
    'two files joined',
    Buffer.concat([Buffer.from('Größe, Flüße, Öl\n'), Buffer.from('Müll\n', 'latin1')]),
    'mixed',
    'Größe, Flüße, Öl\nMüll\n',
  ],
  ['a mark before bytes that are no UTF-8', Buffer.from('\xef\xbb\xbfM\xfcll', 'latin1'), 'windows-1252', 'Müll'],
])('%s', (_, bytes, encoding, text) => {
  expect(read(bytes)).toEqual([encoding, text]);
});

test('any text comes back from UTF-8 and UTF-16, wherever the pieces are cut and never inside a pair', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '\n', 'é', '€', '一', '\u{1f600}', '\uFEFF', '\0', '\u{10ffff}') }),
      fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      fc.constantFrom('utf8' as const, 'utf16le' as const),
      (text, lengths, encoding) => {
        const { pieces } = decoded(Buffer.from(`\uFEFF${text}`, encoding), lengths);
        expect(pieces.join('')).toBe(text);
        expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
      },
    ),
  );
});

test('any bytes are some text, the same wherever they are cut', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc
      .array(fc.constantFrom(0x41, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xff, 0xed, 0xa0))
      .map((list) => Uint8Array.from(list)),
  );
  fc.assert(
    fc.property(bytes, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), (some, lengths) => {
      const whole = decoded(some);
      const cutUp = decoded(some, lengths);
      expect(cutUp.encoding).toBe(whole.encoding);
      expect(cutUp.pieces.join('')).toBe(whole.pieces.join(''));
      expect(cutUp.pieces.every((piece) => piece.isWellFormed())).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('bytes of no meaning for long are decoded in a time that grows with their number only', () => {
  const bytes = new Uint8Array(4 * 1024 * 1024).fill(0xf0);
  expect(read(bytes)[1]).toHaveLength(bytes.length);
});

test('line ends are the same wherever the pieces are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom('\r', '\n', 'a'), maxLength: 4 })), (pieces) => {
      const ends = new LineEnds();
      const text = pieces.map((piece) => ends.write(piece)).join('') + ends.end();
      expect(text).toBe(pieces.join('').replaceAll(/\r\n?/g, '\n'));
    }),
  );
});
