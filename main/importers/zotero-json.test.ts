import { expect, test } from 'vitest';
import { paperOf } from './importer.ts';
import { readPieces } from './inputs-for-tests.ts';
import { extraOf } from './zotero-extra.ts';
import { zoteroJson } from './zotero-json.ts';

const item = {
  itemType: 'conferencePaper',
  title: 'Kettles of <i>Camellia</i>',
  abstractNote: 'We measure\ntea.',
  creators: [
    { creatorType: 'editor', firstName: 'Ed', lastName: 'Itor' },
    { creatorType: 'author', firstName: 'Anna', lastName: 'Wall' },
    { creatorType: 'author', name: 'The Tea Collaboration' },
  ],
  date: '2024-06-12',
  proceedingsTitle: 'Proceedings of Tea',
  volume: '12',
  pages: '34–56',
  DOI: 'https://doi.org/10.1000/Tea.12',
  url: 'https://example.org/tea',
  archiveID: 'arXiv:2406.99001',
  extra: 'Citation Key: wall2024\nPMID: 1',
  tags: [{ tag: 'to cite' }, { tag: 'cs.RO', type: 1 }, { tag: 'a, "b"' }, 'plain'],
};

const exported = {
  config: { id: 'x', label: 'BetterBibTeX JSON', options: {} },
  version: { zotero: '7' },
  collections: { A: { key: 'A', name: 'Tea', items: [1] } },
  items: [
    {
      ...item,
      citationKey: 'wall2024kettle',
      notes: [{ note: '<p>Read <b>this</b>.</p>' }, '<ul><li>again</li></ul>'],
      attachments: [{ title: 'PDF' }],
    },
    { itemType: 'attachment', title: 'Snapshot' },
    { itemType: 'note', note: '<p>alone</p>' },
    { itemType: 'journalArticle', title: '' },
    {
      itemType: 'preprint',
      title: 'Second',
      repository: 'arXiv',
      url: 'http://arxiv.org/abs/2406.99002',
      creators: [{ firstName: 'Ed', lastName: 'Itor', creatorType: 'editor' }],
    },
  ],
};

const paper = {
  ...paperOf('Kettles of Camellia'),
  abstract: 'We measure tea.',
  authors: ['Anna Wall', 'The Tea Collaboration'],
  published: '2024-06-12',
  arxivId: '2406.99001',
  doi: '10.1000/tea.12',
  venue: 'Proceedings of Tea',
  journalReference: '12, 34–56',
  links: [{ kind: 'other', label: 'example.org', url: 'https://example.org/tea' }],
  keywords: ['cs.RO'],
  kind: 'inproceedings',
};

test('what Better BibTeX exports: tags and notes are the reader’s, tags that came by themselves are keywords', async () => {
  const text = JSON.stringify(exported, null, 2);
  expect(zoteroJson.recognise(text, true, 'x')).toBe(0.95);
  const records = await readPieces(zoteroJson, [text.slice(0, 700), text.slice(700)]);
  expect(records).toMatchObject([
    { where: 'record 1' },
    { kind: 'skipped', where: 'record 3', reason: 'it is a note on its own, not a paper' },
    { kind: 'skipped', where: 'record 4', reason: 'it has no title' },
    {
      where: 'record 5',
      paper: {
        title: 'Second',
        arxivId: '2406.99002',
        venue: 'arXiv',
        authors: ['Ed Itor'],
        kind: 'misc',
        marks: null,
      },
    },
  ]);
  expect(records[0]).toEqual({
    kind: 'paper',
    where: 'record 1',
    paper: {
      ...paper,
      citationKey: 'wall2024kettle',
      marks: {
        note: 'Read **this**.\n\n---\n\n- again',
        tags: ['to cite', 'a b', 'plain'],
        status: null,
        starred: false,
      },
    },
  });
});

test('what the Zotero API answers', async () => {
  const answered = [
    {
      key: 'A',
      version: 1,
      library: { type: 'user', id: 1 },
      meta: { parsedDate: '2023-01' },
      data: { key: 'A', ...item, date: 'n. d.' },
    },
    { key: 'B', data: { itemType: 'attachment', title: 'PDF', parentItem: 'A' } },
  ];
  const text = JSON.stringify(answered);
  expect(zoteroJson.recognise(text, true, 'x')).toBe(0.9);
  expect(await readPieces(zoteroJson, [text])).toEqual([
    {
      kind: 'paper',
      where: 'record 1',
      paper: {
        ...paper,
        published: '2023-01',
        citationKey: 'wall2024',
        marks: { note: '', tags: ['to cite', 'a b', 'plain'], status: null, starred: false },
      },
    },
  ]);
});

test('other things where something was are nothing', async () => {
  const odd = {
    itemType: 'book',
    title: 'A',
    creators: {},
    tags: 'x',
    notes: 7,
    extra: [],
    date: 5,
    url: {},
    volume: {},
    DOI: null,
  };
  expect(await readPieces(zoteroJson, [JSON.stringify([odd])])).toEqual([
    { kind: 'paper', where: 'record 1', paper: { ...paperOf('A'), kind: 'book' } },
  ]);
});

test('settings and collections may be longer than what there is to judge by', () => {
  const text = JSON.stringify({ ...exported, collections: 'x'.repeat(300_000) });
  expect(zoteroJson.recognise(text.slice(0, 262_144), false, 'x')).toBe(0.95);
  expect(zoteroJson.recognise('[{"title":"A"}]', true, 'zotero.json')).toBe(0);
});

test('Extra says what a paper is known by, and the rest is a remark', () => {
  expect(
    extraOf(
      'arXiv: 2406.99001 [cs.RO]\ntex.primaryclass: cs.AI\nCitation Key: x\nISBN: 1\nA remark: with a colon\n\nand more',
    ),
  ).toEqual({
    arxivId: '2406.99001',
    doi: null,
    categories: ['cs.RO', 'cs.AI'],
    citationKey: 'x',
    rest: 'A remark: with a colon and more',
  });
});
