import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonElement } from './json-reader.ts';
import { JsonStream } from './json-stream.ts';
import type { JsonObject } from './json-values.ts';

const judge = (value: JsonObject) => (typeof value['title'] === 'string' ? null : 'it has no title');

function read(text: string, pieceLength = text.length): JsonElement[] {
  const stream = new JsonStream(judge);
  const length = Math.max(1, pieceLength);
  const pieces = Array.from({ length: Math.ceil(text.length / length) }, (_, index) =>
    text.slice(index * length, (index + 1) * length),
  );
  return [...pieces.flatMap((piece) => stream.write(piece)), ...stream.end()];
}

/** Titles of what was found, and reasons of what was not. */
function told(text: string, pieceLength?: number): string[] {
  return read(text, pieceLength).map((element) =>
    'value' in element ? String(element.value['title']) : element.reason,
  );
}

describe('records are found wherever they stand', () => {
  test.each<[string, unknown, string[]]>([
    ['alone', { title: 'A' }, ['A']],
    ['in a list', [{ title: 'A' }, { title: 'B' }], ['A', 'B']],
    ['in an object', { items: [{ title: 'A' }] }, ['A']],
    ['deeper', { status: 'ok', message: { total: 2, items: [{ title: 'A' }, { title: 'B' }] } }, ['A', 'B']],
    ['by day', { '2024-06-12': [{ title: 'A' }], '2024-06-13': [{ title: 'B' }] }, ['A', 'B']],
    [
      'in a list of days',
      [
        { date: 'x', papers: [{ title: 'A' }] },
        { date: 'y', papers: [{ title: 'B' }] },
      ],
      ['A', 'B'],
    ],
    ['in a list of lists', [[{ title: 'A' }], [{ title: 'B' }]], ['A', 'B']],
    ['by id', { x: { title: 'A' }, y: { title: 'B' } }, ['A', 'B']],
    ['in an object of each', { data: [{ citedPaper: { title: 'A' } }, { citedPaper: { title: 'B' } }] }, ['A', 'B']],
    [
      'behind what is none',
      { config: { a: [1, { b: 2 }] }, collections: [{ name: 'x' }], items: [{ title: 'A' }] },
      ['A'],
    ],
    [
      'but not in people',
      [{ title: 'A', authors: [{ title: 'Dr.' }] }, { authors: [{ title: 'Dr.' }] }],
      ['A', 'it has no title'],
    ],
  ])('%s', (_, value, titles) => {
    for (const text of [JSON.stringify(value), JSON.stringify(value, null, 2)]) {
      for (const pieceLength of [1, 7, text.length]) expect(told(text, pieceLength)).toEqual(titles);
    }
  });

  test('one after the other', () => {
    expect(told('{"title":"A"}\n{"title":"B"} {"title":"C"},{"title":"D"}', 5)).toEqual(['A', 'B', 'C', 'D']);
  });

  test('what is no record is told of where records stand, and nowhere else', () => {
    expect(read('{"x":[{"n":1}],"papers":[{"n":2},{"title":"A"},3,{"n":4}]}')).toEqual([
      { where: 'record 1', reason: 'it has no title' },
      { where: 'record 2', value: { title: 'A' } },
      { where: 'record 3', reason: 'it is not an object' },
      { where: 'record 4', reason: 'it has no title' },
    ]);
    expect(told('{"papers":[{"n":2}]}')).toEqual(['it has no title']);
    expect(told('[]')).toEqual([]);
  });
});

const json = fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' });
const record = fc.record({ title: fc.string({ unit: 'binary' }), authors: json, abstract: json });

test('any records come out as they went in, however the text is cut and spaced', () => {
  fc.assert(
    fc.property(
      fc.array(record, { maxLength: 6 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(0, 2),
      (records, pieceLength, space) => {
        const text = JSON.stringify({ items: records }, null, space);
        const found = read(text, pieceLength).map((element) => ('value' in element ? element.value : element.reason));
        expect(found).toEqual(records.length === 0 ? ['it has no title'] : JSON.parse(JSON.stringify(records)));
      },
    ),
    { numRuns: 200 },
  );
});

describe('damage costs itself', () => {
  const good = (title: string) => `{"title":"${title}","authors":[{"name":"N. N."}],"year":2020}`;

  test.each<[string, string]>([
    ['a quotation mark inside', '{"title":"X "quoted" y","authors":[{"name":"N. N."}]}'],
    ['no closing quotation mark', '{"title":"X,"authors":[{"name":"N. N."}]}'],
    ['no opening quotation mark', '{"title":X","authors":[{"name":"N. N."}]}'],
    ['no closing brace', '{"title":"X","authors":[{"name":"N. N."}]'],
    ['no closing bracket', '{"title":"X","authors":[{"name":"N. N."}}'],
    ['a brace too many', '{"title":"X","authors":[{"name":"N. N."}]}}'],
    ['a key without a value', '{"title":"X","authors"}'],
    ['a word that is none', '{"title":"X","year":twenty}'],
    ['a bad escape', '{"title":"X \\q"}'],
    ['single quotation marks', "{'title':'X'}"],
    ['something else', '<br>'],
    ['a lonely bracket', '{"title":"X",'],
  ])('%s', (_, bad) => {
    for (const text of [
      `[${good('A')},${bad},${good('B')},${good('C')}]`,
      `{"items":[\n${good('A')},\n${bad},\n${good('B')},\n${good('C')}\n]}`,
    ]) {
      for (const pieceLength of [3, text.length]) {
        const found = told(text, pieceLength);
        expect(found.filter((each) => /^[A-Z]$/.test(each))).toEqual(expect.arrayContaining(['A', 'B', 'C']));
        expect(found.some((each) => /damaged|cut off|not an object|no title/.test(each) || each === 'X')).toBe(true);
        expect(found.length).toBeLessThanOrEqual(6);
      }
    }
  });

  test('when the first is damaged, the others come in', () => {
    expect(told(`[{"title":"X "y"","n":1},${good('B')},${good('C')}]`)).toEqual([
      expect.stringMatching(/damaged/),
      'B',
      'C',
    ]);
    expect(told(`{"items":[{"title":"X "y"","n":1},${good('B')}]}`)).toEqual([expect.stringMatching(/damaged/), 'B']);
    expect(told(`{"title":"X "y"","n":1}\n${good('B')}\n${good('C')}`)).toEqual([
      expect.stringMatching(/damaged/),
      'B',
      'C',
    ]);
  });

  test('the reason shows what stands there', () => {
    expect(read(`[${good('A')},{"title":"The "best" one"}]`)[1]).toEqual({
      where: 'record 2',
      reason: 'it is damaged: it is not JSON near “{"title":"The "best" one"”',
    });
  });

  test('a file that is cut off gives what came before', () => {
    const text = `{"items":[${good('A')},${good('B')},${good('C')}]}`;
    expect(told(text.slice(0, -20))).toEqual(['A', 'B', expect.stringMatching(/cut off/)]);
    expect(told(text.slice(0, -2))).toEqual(['A', 'B', 'C', expect.stringMatching(/cut off/)]);
    expect(told('{"title":"A')).toEqual([expect.stringMatching(/cut off/)]);
  });

  test('what people and programs write for JSON is understood', () => {
    expect(told('[{"title":"A","year":NaN,"x":-Infinity,},{"title":"B\nC\tD",},]')).toEqual(['A', 'B\nC\tD']);
    expect(read('{"title":"A","x":NaN}')).toEqual([{ where: 'record 1', value: { title: 'A', x: null } }]);
  });

  test('whatever is done to a text, reading ends, and soon', () => {
    const whole = JSON.stringify({
      config: { x: [1] },
      items: Array.from({ length: 5 }, (_, index) => ({ id: index, title: `T${index}`, authors: [{ name: 'x' }] })),
    });
    const edit = fc.record({
      at: fc.nat(whole.length),
      remove: fc.nat(5),
      insert: fc.string({
        unit: fc.constantFrom('"', '{', '}', '[', ']', ',', ':', '\\', 'x', '1', '\n'),
        maxLength: 3,
      }),
    });
    fc.assert(
      fc.property(
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 60 }),
        (edits, pieceLength) => {
          let text = whole;
          for (const { at, remove, insert } of edits) text = text.slice(0, at) + insert + text.slice(at + remove);
          const found = read(text, pieceLength);
          expect(found.length).toBeLessThan(40);
          expect(found.every((element) => element.where !== '')).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('nothing that a file may hold makes it slow', () => {
  const million = 1_000_000;
  test.each<[string, () => string]>([
    ['opening brackets', () => '['.repeat(million)],
    ['opening objects', () => '{"a":'.repeat(million / 5)],
    ['objects and lists in turn', () => '{"a":[{"b":'.repeat(million / 10)],
    ['objects that never close', () => `[{"title":"A"},${'{"title":['.repeat(million / 10)}`],
    ['quotation marks', () => `[${'"'.repeat(million)}`],
    ['backslashes', () => `[{"title":"${'\\'.repeat(million)}`],
    ['escaped quotation marks', () => `[{"title":"${'\\"'.repeat(million / 2)}`],
    ['commas', () => `[${','.repeat(million)}`],
    ['white space', () => `[${' \n'.repeat(million / 2)}`],
    ['white space after a key', () => `[{"a"${' '.repeat(million)}`],
    ['a long key', () => `{"${'a'.repeat(million)}`],
    ['prose', () => 'We measure things. '.repeat(million / 20)],
    ['damaged records', () => `[${'{"title":"A "b" c","x":[{"y":1}]},'.repeat(million / 35)}]`],
    ['damaged records without ends', () => `[{"title":"A"},${'{"title":"A","x":['.repeat(million / 20)}]`],
    ['numbers', () => `[${'1,'.repeat(million / 2)}]`],
    ['a long number', () => `[${'1'.repeat(million)}]`],
    ['a closed nest', () => `${'{"a":['.repeat(10_000)}${']}'.repeat(10_000)}`],
  ])('%s', (_, make) => {
    const text = make();
    for (const pieceLength of [65_536, text.length]) {
      const started = performance.now();
      expect(read(text, pieceLength).every(({ where }) => /record/.test(where))).toBe(true);
      expect(performance.now() - started).toBeLessThan(30_000);
    }
  });
});

test('__proto__ and its like are fields like any other', () => {
  const [element] = read('[{"title":"A","__proto__":{"polluted":true},"constructor":{"prototype":1}}]');
  expect(element).toMatchObject({ value: { title: 'A' } });
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
