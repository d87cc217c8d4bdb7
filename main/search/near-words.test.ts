import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, singleEdits } from './edits.ts';
import { FieldValues } from './field-values.ts';
import { NearWords } from './near-words.ts';
import { fold } from './same-words.ts';
import { WordForms } from './word-forms.ts';

const tokenizer = 'porter unicode61 remove_diacritics 2';
const forms = new WordForms(tokenizer);

interface Paper {
  title: string;
  authors?: string[];
  abstract?: string;
  venue?: string;
}

/** A library of these papers, the newest first. */
function libraryOf(papers: readonly Paper[]): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec(`
    CREATE TABLE papers (key INTEGER PRIMARY KEY, title TEXT, authors TEXT, venue TEXT);
    CREATE INDEX papers_venue ON papers (venue COLLATE NOCASE);
    CREATE TABLE abstracts (paper INTEGER PRIMARY KEY, text TEXT);
    CREATE VIRTUAL TABLE search USING fts5 (title, authors, abstract, content = '', contentless_delete = 1,
      tokenize = '${tokenizer}', prefix = '2 3');`);
  const run = (sql: string, ...values: (string | number | null)[]) => database.prepare(sql).run(...values);
  for (const [key, { title, authors = [], abstract = '', venue = null }] of papers.entries()) {
    run('INSERT INTO papers VALUES (?, ?, ?, ?)', key, title, JSON.stringify(authors), venue);
    if (abstract !== '') run('INSERT INTO abstracts VALUES (?, ?)', key, abstract);
    run(
      'INSERT INTO search (rowid, title, authors, abstract) VALUES (?, ?, ?, ?)',
      key,
      title,
      JSON.stringify(authors),
      abstract,
    );
  }
  return database;
}

const library = libraryOf([
  {
    title: 'Learning to Learn',
    abstract: 'Reinforcement learning with transformers.',
    authors: ['Jürgen Schmidhuber'],
  },
  { title: 'The Schrödinger bridge', abstract: 'A diffusion model; learning, again.' },
  { title: 'Language Models', abstract: 'Self-supervised transformers generalize. Yearning.' },
  { title: 'BERT', abstract: 'Bidirectional transformers' },
]);
const near = new NearWords(library);

test.each([
  ['lerning', ['learning', 'Yearning']],
  ['tranformers', ['transformers']],
  ['trasnformers', ['transformers']],
  ['difusion', ['diffusion']],
  ['Diffusionn', ['diffusion']],
  ['schrodigner', ['Schrödinger']],
  ['Schrödigner', ['Schrödinger']],
  ['shmidhuber', ['Schmidhuber']],
  ['BRET', ['BERT']],
  ['renforcemnet', ['Reinforcement']],
  ['self-supervisd', ['self-supervised']],
  ['zzzzzz', []],
  ['le', []],
  ['1234', []],
  ['"; -- \0', []],
  ['', []],
])('near to %j: %j', (word, found) => {
  expect(near.near(word, 3)).toEqual(found);
});

test('a word that the library has is never offered for itself', () => {
  for (const word of ['learning', 'Learning', 'transformers', 'schrödinger', 'bert']) {
    expect(near.near(word, 5).map(fold)).not.toContain(fold(word));
  }
});

test('no more are offered than asked for, those that more papers have first', () => {
  const papers = ['cat', 'cat', 'cat', 'cart', 'cast', 'cast', 'chat'].map((title) => ({ title }));
  const words = new NearWords(libraryOf(papers));
  expect(words.near('caat', 9)).toEqual(['cat', 'cast', 'cart', 'chat']);
  expect(words.near('caat', 2)).toEqual(['cat', 'cast']);
  expect(words.near('cxt', 5)).toEqual(['cat']);
});

test('words of papers that go are forgotten, and gathering comes to an end', () => {
  const database = libraryOf(Array.from({ length: 700 }, (_, index) => ({ title: `Common convergence ${index}` })));
  const words = new NearWords(database);
  expect(words.gather()).toBe(false);
  expect(words.near('convregnece', 3)).toEqual(['convergence']);
  let slices = 0;
  while (words.gather()) slices += 1;
  expect(slices).toBeGreaterThan(10);
  database.exec('DELETE FROM search; DELETE FROM papers;');
  expect(words.near('convregnece', 3)).toEqual([]);
  words.forget();
  expect(words.near('convergenxe', 3)).toEqual([]);
});

const text = fc.string({ unit: fc.constantFrom(...'abcß1'), minLength: 0, maxLength: 5 });

/** As the definition has it: the least number of slips, no piece slipping twice. */
function slowDistance(one: string, other: string): number {
  if (one === '' || other === '') return one.length + other.length;
  const swap =
    one.length > 1 && other.length > 1 && one[0] === other[1] && one[1] === other[0]
      ? 1 + slowDistance(one.slice(2), other.slice(2))
      : Number.POSITIVE_INFINITY;
  return Math.min(
    swap,
    1 + slowDistance(one.slice(1), other),
    1 + slowDistance(one, other.slice(1)),
    Number(one[0] !== other[0]) + slowDistance(one.slice(1), other.slice(1)),
  );
}

test('the distance is the least number of slips, and single edits are all words at distance one', () => {
  fc.assert(
    fc.property(text, text, fc.integer({ min: 0, max: 6 }), (one, other, most) => {
      const distance = slowDistance(one, other);
      expect(Math.min(editDistance(one, other, most), most + 1)).toBe(Math.min(distance, most + 1));
      if (distance === 1 && other !== '') {
        const sameLetters = /\d/.test(one) || !/\d/.test(other);
        expect(singleEdits(one).includes(other)).toBe(sameLetters);
      }
      for (const edit of singleEdits(one).slice(0, 50)) expect(slowDistance(one, edit)).toBe(1);
    }),
    { numRuns: Number(process.env['RUNS'] ?? 100) },
  );
});

const people = libraryOf([
  { title: 'A', authors: ['Geoffrey Hinton', 'Ilya Sutskever'], venue: 'NeurIPS 2024' },
  { title: 'B', authors: ['Geoffrey Hinton', 'Yann LeCun'], venue: 'neurips 2024' },
  { title: 'C', authors: ['Hinrich Schütze', 'Kristina Toutanova'], venue: 'Nature' },
  { title: 'D', authors: ['Bernhard Schölkopf'], venue: 'NeurIPS 2023' },
  { title: 'E about Hintikka', authors: ['Jones, Bob'] },
]);
const values = new FieldValues(people, forms);

test.each([
  ['author', 'hin', ['Geoffrey Hinton', 'Hinrich Schütze']],
  ['author', 'Hinton', ['Geoffrey Hinton']],
  ['author', 'geoffrey h', ['Geoffrey Hinton']],
  ['author', 'schu', ['Hinrich Schütze']],
  ['author', 'schö', ['Bernhard Schölkopf']],
  ['author', 's', ['Bernhard Schölkopf', 'Hinrich Schütze', 'Ilya Sutskever']],
  ['author', 'bob jones', ['Jones, Bob']],
  ['author', 'bob j', ['Jones, Bob']],
  ['author', 'zz', []],
  [
    'author',
    '"',
    [
      'Geoffrey Hinton',
      'Bernhard Schölkopf',
      'Hinrich Schütze',
      'Ilya Sutskever',
      'Jones, Bob',
      'Kristina Toutanova',
      'Yann LeCun',
    ],
  ],
  ['venue', 'neur', ['NeurIPS 2024', 'NeurIPS 2023']],
  ['venue', 'NEURIPS 2023', ['NeurIPS 2023']],
  ['venue', '', ['NeurIPS 2024', 'Nature', 'NeurIPS 2023']],
  ['venue', 'x', []],
] as const)('%s %j: %j', (field, beginning, found) => {
  expect(values.values(field, beginning, 10)).toEqual(found);
  expect(values.values(field, beginning, 1)).toEqual(found.slice(0, 1));
});
