import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gathered, textInPieces } from './inputs-for-tests.ts';
import { jsonElements } from './json-elements.ts';
import { JsonLines } from './json-lines.ts';
import type { JsonObject } from './json-values.ts';

const judge = (value: JsonObject) => (typeof value['title'] === 'string' ? null : 'it has no title');

function read(text: string, pieceLength = 7, longest?: number) {
  const lines = new JsonLines(judge, longest);
  const found = [];
  for (let at = 0; at < text.length; at += pieceLength) found.push(...lines.write(text.slice(at, at + pieceLength)));
  return [...found, ...lines.end()];
}

test('lines are records, wherever the text is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ title: fc.string({ unit: 'binary' }), more: fc.jsonValue() })),
      fc.integer({ min: 1, max: 50 }),
      (records, pieceLength) => {
        const text = records.map((record) => `${JSON.stringify(record)}\n`).join('');
        const wanted = records.map((value, index) => ({
          where: `line ${index + 1}`,
          value: JSON.parse(JSON.stringify(value)),
        }));
        expect(read(text, pieceLength)).toEqual(wanted);
        expect(read(text.trimEnd(), pieceLength)).toEqual(wanted);
      },
    ),
  );
});

test('a line separator of Unicode inside a string ends no line', () => {
  expect(read('{"title":"A\u2028B\u2029C\u0085D"}\n{"title":"E"}')).toMatchObject([
    { value: { title: 'A\u2028B\u2029C\u0085D' } },
    { value: { title: 'E' } },
  ]);
});

describe('a damaged line costs itself', () => {
  test('with its place and the reason', () => {
    expect(read('{"title":"A"}\n{"title":"B"\n\n{"title":"C" x}\n7\n{"n":1}\n  {"title":"D"}  \n')).toEqual([
      { where: 'line 1', value: { title: 'A' } },
      { where: 'line 2', reason: expect.stringMatching(/damaged|cut off/) },
      { where: 'line 4', reason: 'it is damaged: it is not JSON near “{"title":"C" x}”' },
      { where: 'line 5', reason: 'it is not an object' },
      { where: 'line 6', reason: 'it has no title' },
      { where: 'line 7', value: { title: 'D' } },
    ]);
  });

  test('as does one that is too long, without being held', () => {
    expect(read(`{"title":"A"}\n{"title":"${'x'.repeat(500)}"}\n{"title":"B"}\n${'y'.repeat(200)}`, 9, 100)).toEqual([
      { where: 'line 1', value: { title: 'A' } },
      { where: 'line 2', reason: 'the line is longer than 100 characters' },
      { where: 'line 3', value: { title: 'B' } },
      { where: 'line 4', reason: 'the line is longer than 100 characters' },
    ]);
  });
});

test('brackets and commas around lines do not matter, and a line may hold several', () => {
  expect(read('[\n{"title":"A"},\n{"title":"B"}\n]\n')).toMatchObject([
    { where: 'line 2' },
    { where: 'line 3', value: { title: 'B' } },
  ]);
  expect(read('{"day":1,"papers":[{"title":"A"},{"title":"B"}]}\n[{"title":"C"}]')).toMatchObject([
    { where: 'line 1, record 1', value: { title: 'A' } },
    { where: 'line 1, record 2' },
    { where: 'line 2, record 1', value: { title: 'C' } },
  ]);
});

describe('whether records stand in lines is told by the first', () => {
  const placesIn = async (text: string, pieceLength: number) => {
    const pieces = Array.from({ length: Math.ceil(text.length / pieceLength) }, (_, index) =>
      text.slice(index * pieceLength, (index + 1) * pieceLength),
    );
    return (await gathered(jsonElements(textInPieces('test', pieces), judge))).flat().map(({ where }) => where);
  };

  test.each<[string, string[]]>([
    ['{"title":"A"}\n{"title":"B"}', ['line 1', 'line 2']],
    ['\n[\n{"title":"A"},\n{"title":"B"}\n]', ['line 3', 'line 4']],
    ['{"title":"A"}', ['record 1']],
    ['[{"title":"A"},\n{"title":"B"}]', ['record 1', 'record 2']],
    ['{\n"title":"A"\n}\n{\n"title":"B"}', ['record 1', 'record 2']],
    ['{"items":[\n{"title":"A"},\n{"title":"B"}\n]}', ['record 1', 'record 2']],
    ['', []],
  ])('%j', async (text, places) => {
    for (const pieceLength of [1, 5, 1000]) expect(await placesIn(text, pieceLength)).toEqual(places);
  });
});
