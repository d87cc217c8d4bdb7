import { expect, test } from 'vitest';
import { dailyPapersHtml } from './daily-papers-html.ts';
import { readPieces } from './inputs-for-tests.ts';

const entry = (id: string, title: string) => ({
  paper: { id, title, summary: 'We measure\nthings.', authors: [{ name: 'Anna Wall' }], upvotes: 3 },
});
const escaped = (json: string) => json.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
const card = (id: string, title: string) =>
  `<article><a href="/papers/${id}" class="x"><img src="${id}.png"></a><div>Submitted by <a href="/someone">someone</a> 12</div>` +
  `<h3><a href="/papers/${id}" class="y">${title}</a></h3><a href="/papers/${id}">12 authors</a><a href="/papers/${id}#community">4</a></article>`;

function page(props: string | null, cards: string): string {
  const data = props === null ? '' : ` data-props="${props}"`;
  return `<!doctype html><html><head><title>Daily Papers - Hugging Face</title><script>var x = "<a href='/papers/2406.00000'>no</a>"</script></head>
<body><div class="SVELTE_HYDRATER contents" data-target="MainHeader" data-props="{}"></div>
<div class="SVELTE_HYDRATER contents" data-target="DailyPapers"${data}><section>${cards}</section></div></body></html>`;
}

const cards = card('2406.99001', 'Tea &amp;  Robots') + card('2406.99002', 'Only <i>Seen</i>\n here');
const props = escaped(
  JSON.stringify({
    date: '2024-06-12',
    dailyPapers: [entry('2406.99001', 'Tea & "Robots"'), entry('2406.99003', 'Not <Seen>')],
    publisher: { name: 'x' },
  }),
);

async function told(text: string, pieceLength = text.length): Promise<string[]> {
  const pieces = Array.from({ length: Math.ceil(text.length / pieceLength) }, (_, index) =>
    text.slice(index * pieceLength, (index + 1) * pieceLength),
  );
  const records = await readPieces(dailyPapersHtml, pieces);
  return records.map((record) =>
    record.kind === 'paper' ? `${record.paper.arxivId}: ${record.paper.title}` : record.reason,
  );
}

test('the JSON of the page is read first', async () => {
  const text = page(props, cards);
  expect(dailyPapersHtml.recognise(text, true, 'x')).toBe(0.97);
  for (const pieceLength of [1, 50, text.length]) {
    expect(await told(text, pieceLength)).toEqual(['2406.99001: Tea & "Robots"', '2406.99003: Not <Seen>']);
  }
  expect(await readPieces(dailyPapersHtml, [text])).toMatchObject([
    { paper: { abstract: 'We measure things.', authors: ['Anna Wall'], votes: 3 } },
    { where: 'record 2' },
  ]);
});

test('where there is none, what is to be seen are titles', async () => {
  for (const text of [page(null, cards), page(escaped('{"dailyPapers":[]}'), cards), page('', cards)]) {
    expect(await told(text)).toEqual(['2406.99001: Tea & Robots', '2406.99002: Only Seen here']);
  }
  const saved = page(null, cards).replaceAll('"/papers', '"https://huggingface.co/papers');
  expect(await told(saved)).toEqual(['2406.99001: Tea & Robots', '2406.99002: Only Seen here']);
});

test('where it is damaged, what is to be seen fills in', async () => {
  const cut = page(props.slice(0, props.indexOf('2406.99003') + 20), cards);
  expect(await told(cut)).toEqual([
    '2406.99001: Tea & "Robots"',
    expect.stringMatching(/damaged/),
    '2406.99002: Only Seen here',
  ]);
  const text = page(props, cards);
  expect(await told(text.slice(0, text.indexOf('2406.99003') + 10))).toEqual([
    '2406.99001: Tea & "Robots"',
    expect.stringMatching(/cut off/),
  ]);
});

test('a page whose beginning is styles is still told', () => {
  const text = page(props, cards).replace('</head>', `<style>${'.a{color:red}'.repeat(30_000)}</style></head>`);
  expect(dailyPapersHtml.recognise(text.slice(0, 262_144), false, 'x')).toBe(0.7);
  const links = page(null, cards + card('2406.99004', 'Third'))
    .replace('data-target="DailyPapers"', '')
    .replace('Daily Papers', '');
  expect(dailyPapersHtml.recognise(links, true, 'x')).toBe(0.9);
});

test.each([
  '',
  'Daily Papers\n\nA Title',
  '<feed xmlns="http://www.w3.org/2005/Atom">',
  '<html><a href="/papers/2406.99001">x</a></html>',
])('%j is none', (text) => {
  expect(dailyPapersHtml.recognise(text, true, 'papers.html')).toBe(0);
});

test('a page without papers is refused', async () => {
  await expect(told('<html><body>Nothing</body></html>')).rejects.toThrow(
    /test is not something.*an HTML page.*Nothing was imported/,
  );
});

test('neither depth nor unclosed quotation marks make it slow', async () => {
  const started = performance.now();
  for (const text of [
    '<b>'.repeat(200_000),
    `<a href="${'/papers/'.repeat(100_000)}`,
    '<div data-target="DailyPapers" data-props="'.repeat(10_000),
    '<!--'.repeat(100_000),
  ]) {
    await expect(told(text, 65_536)).rejects.toThrow('Nothing was imported.');
  }
  expect(performance.now() - started).toBeLessThan(30_000);
});
