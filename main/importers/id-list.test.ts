import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findIds } from './find-ids.ts';
import { idList } from './id-list.ts';
import { paperOf } from './importer.ts';
import { readPieces } from './inputs-for-tests.ts';
import { isPlaceholderTitle } from './placeholder-title.ts';
import { faultsOf } from './record-rules.ts';

const idsOf = (line: string) => findIds(line).ids.map(({ arxivId, doi }) => arxivId ?? doi);

describe('ids in a line', () => {
  test.each([
    ['2306.12345', ['2306.12345']],
    ['2306.12345v2, 1206.1234; 0704.0001', ['2306.12345', '1206.1234', '0704.0001']],
    ['arXiv:2306.12345 [cs.LG]', ['2306.12345']],
    ['see arXiv: 2306.12345.', ['2306.12345']],
    ['astro-ph/0601001 math.GT/0309136v1', ['astro-ph/0601001', 'math/0309136']],
    ['https://arxiv.org/abs/2306.12345v3?context=cs', ['2306.12345']],
    ['arxiv.org/pdf/2306.12345.pdf', ['2306.12345']],
    ['(https://arxiv.org/abs/2306.12345).', ['2306.12345']],
    ['<https://huggingface.co/papers/2306.12345>', ['2306.12345']],
    ['huggingface.co/papers/2306.12345 and https://arxiv.org/abs/2306.12345', ['2306.12345']],
    ['https://doi.org/10.48550/arXiv.2306.12345', ['2306.12345']],
    [
      '10.1000/ABC.1, doi:10.1000/abc.2; https://dx.doi.org/10.1000/abc.3.',
      ['10.1000/abc.1', '10.1000/abc.2', '10.1000/abc.3'],
    ],
    ['(10.1016/S0140-6736(05)67875-4)', ['10.1016/s0140-6736(05)67875-4']],
    ['- [A Title](https://arxiv.org/abs/2306.12345) ([PDF](https://arxiv.org/pdf/2306.12345))', ['2306.12345']],
    ['10.1000/a,10.1000/b;https://arxiv.org/abs/2306.12345', ['10.1000/a', '10.1000/b', '2306.12345']],
    ['| 1 | 2306.12345 | 10.1000/x |', ['2306.12345', '10.1000/x']],
    ['3.14159 2306.1234 1406.12345 2399.12345 9901.1234 12306.123456 1.2306.12345', []],
    ['https://example.org/2306.12345 cs/12345678 physics', []],
    ['', []],
  ])('%j', (line, ids) => {
    expect(idsOf(line)).toEqual(ids);
  });

  test('what a Markdown link is called may be the title', () => {
    const titleIn = (line: string) => findIds(line).ids.map(({ title }) => title);
    expect(titleIn('1. [**Tides of $x$** Harmonics](https://arxiv.org/abs/2306.12345 "hint")')).toEqual([
      'Tides of $x$ Harmonics',
    ]);
    expect(
      titleIn('[PDF](https://arxiv.org/pdf/2306.12345) [Tides of Harmonics](https://arxiv.org/abs/2306.12345)'),
    ).toEqual(['Tides of Harmonics']);
    expect(titleIn('[arXiv 2306.12345](https://arxiv.org/abs/2306.12345)')).toEqual([null]);
    expect(titleIn('[https://arxiv.org/abs/2306.12345](https://arxiv.org/abs/2306.12345)')).toEqual([null]);
  });
});

const list = `# To read

Papers:
- https://arxiv.org/abs/2306.12345v2 (Anna says it is good)
* [Tides of Harmonics](https://arxiv.org/abs/2306.01234)
2306.00001, 2306.00002
[ ] doi:10.1000/ABC
https://example.org/other
`;

test('a list gives its papers: with their titles where it has them, else with placeholders', async () => {
  const records = await readPieces(idList, [list]);
  expect(records).toEqual([
    { kind: 'paper', where: 'line 4', paper: { ...paperOf('arXiv:2306.12345'), arxivId: '2306.12345' } },
    { kind: 'paper', where: 'line 5', paper: { ...paperOf('Tides of Harmonics'), arxivId: '2306.01234' } },
    { kind: 'paper', where: 'line 6', paper: { ...paperOf('arXiv:2306.00001'), arxivId: '2306.00001' } },
    { kind: 'paper', where: 'line 6', paper: { ...paperOf('arXiv:2306.00002'), arxivId: '2306.00002' } },
    { kind: 'paper', where: 'line 7', paper: { ...paperOf('doi:10.1000/abc'), doi: '10.1000/abc' } },
    { kind: 'skipped', where: 'line 8', reason: 'it names no arXiv id and no DOI' },
  ]);
  expect(await readPieces(idList, [...list])).toEqual(records);
});

describe('recognition', () => {
  test.each([
    [list, 0.8],
    ['2306.12345', 0.8],
    ['https://arxiv.org/abs/2306.12345', 0.8],
    ['have a look at https://arxiv.org/abs/2306.12345 please', 0.8],
    ['10.1000/abc\n10.1000/def\n', 0.8],
    ['2306.12345\n\n\n2306.12346', 0.8],
    [
      'In this work we build on the results of arXiv:2306.12345 and show that they hold for much larger classes of models, under assumptions that are weaker than those of earlier work, and we give a proof that needs no more than a page.',
      0,
    ],
    ['Dear Anna,\nhttps://arxiv.org/abs/2306.12345\nand arXiv:2306.12346\nBest, Karl\n', 0.3],
    ['arXiv:2306.12345\n2301.99999999\nhep-th/9901001\nhello\nhttps://doi.org/10.1000/abc\n', 0.3],
    ['One line\nAnother line\nsee 2306.12345\n', 0],
    ['price,2306.12345\nname,3\nsize,4\n', 0],
    ['{"id": "2306.12345"}', 0],
    ['<a href="https://arxiv.org/abs/2306.12345">', 0],
    ['Dear Anna,', 0],
    ['', 0],
  ])('%j', (text, score) => {
    expect(idList.recognise(text, true, 'a.txt')).toBe(score);
  });

  test('text without ids is refused, by its name', async () => {
    await expect(readPieces(idList, ['Dear Anna,\n'])).rejects.toThrow(/^test is not something Offprint can import/);
  });
});

test('any text gives records as they must be, or is refused', async () => {
  const scrap = fc.oneof(
    fc.constantFrom(
      '2306.12345',
      'arXiv:',
      'https://',
      'arxiv.org/abs/',
      '10.1000/',
      '[',
      '](',
      ')',
      '\n',
      ' ',
      'math/',
      '0601001',
      'v2',
      '.',
      '<',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(scrap, { maxLength: 30 }), async (scraps) => {
      try {
        for (const record of await readPieces(idList, [scraps.join('')])) {
          expect(faultsOf(record)).toEqual([]);
          if (record.kind === 'paper') expect(record.paper.arxivId ?? record.paper.doi).not.toBeNull();
        }
      } catch (error) {
        expect(error).toHaveProperty('code', 'bad-input');
      }
    }),
    { numRuns: 200 },
  );
});

test('ids stand for titles that are not known', async () => {
  for (const record of await readPieces(idList, ['2306.12345 math/0601001 10.1000/x'])) {
    expect(record.kind === 'paper' && isPlaceholderTitle(record.paper.title)).toBe(true);
  }
});

test.each([
  '[',
  '[a](',
  '10.1000/',
  'arxiv:',
  'https://',
  '2306.12345',
  'math/',
  '((((',
  '2306.12345\n',
  '10.1000/(((\n',
  '_*',
])('takes time in proportion to the text: %j over and over', async (piece) => {
  const text = `2306.12345\n${piece.repeat(200_000 / piece.length)}`;
  const start = performance.now();
  idList.recognise(text.slice(0, 256 * 1024), false, 'x');
  await readPieces(idList, text.match(/[\s\S]{1,65536}/g) ?? []);
  // A second or two where it is linear, minutes where it is not.
  expect(performance.now() - start).toBeLessThan(20_000);
});
