import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../shared/query/parse.ts';
import type { LibraryFacts } from './conditions.ts';
import { Budget } from './keys.ts';
import { markExpression, TextSearch } from './match-expression.ts';
import { KeysOpener } from './open-keys.ts';
import { inPageOrder } from './reading.ts';
import { planSearch } from './search-plan.ts';
import { TextMarker } from './text-marker.ts';
import { Vocabulary } from './vocabulary.ts';
import { WordForms } from './word-forms.ts';

const tokenizer = 'porter unicode61 remove_diacritics 2';
const forms = new WordForms(tokenizer);

/** An index of one title per row, and the rows that a query finds. */
function indexOf(texts: readonly string[]) {
  const database = new DatabaseSync(':memory:');
  const options = `tokenize = '${tokenizer}', prefix = '2 3'`;
  database.exec(`
    ATTACH ':memory:' AS corpus;
    CREATE VIRTUAL TABLE corpus.search USING fts5 (title, authors, abstract, ${options});
    CREATE VIRTUAL TABLE notes USING fts5 (note, ${options});
    CREATE TABLE list (paper INTEGER PRIMARY KEY);`);
  const insert = database.prepare("INSERT INTO search (rowid, title, authors, abstract) VALUES (?, ?, '', '')");
  const list = database.prepare('INSERT INTO list VALUES (?)');
  for (const [index, text] of texts.entries()) {
    insert.run(index + 1, text);
    list.run(index + 1);
  }
  const search = new TextSearch(forms, new Vocabulary(database));
  return (query: string): Set<number> => {
    const facts = {
      library: { counts: { everything: texts.length } } as LibraryFacts,
      texts: search,
      now: 0,
      isAny: () => false,
    };
    const budget = new Budget();
    const keys = new KeysOpener(database, budget).open(planSearch(parseQuery(query).where, facts).found);
    return new Set([...inPageOrder(keys, budget)].flat().map((key) => key - 1));
  };
}

describe('while a word is typed', () => {
  const capture = readFileSync(new URL('../../resources/daily-papers.txt', import.meta.url), 'utf8');
  const words = [...new Set(capture.toLowerCase().match(/\p{L}{3,}/gu))];
  const find = indexOf(words);

  test('every beginning of nearly every word of the capture finds it', () => {
    const lost: string[] = [];
    for (const [index, word] of words.entries()) {
      if (index % 3 !== 0) continue;
      for (let typed = 1; typed <= word.length; typed += 1) {
        if (!find(word.slice(0, typed)).has(index)) lost.push(word.slice(0, typed));
      }
    }
    expect(lost.length, lost.join(' ')).toBeLessThanOrEqual(5);
  });

  test.each([
    ['using', 'usual', false],
    ['using', 'used', true],
    ['witness', 'with', false],
    ['this', 'think', false],
    ['learnin', 'learn', true],
    ['Learni', 'learning', true],
    ['mapp', 'mapping', true],
    ['analy', 'analysis', true],
    ['repre', 'representation', true],
    ['expe', 'expectation', true],
    ['étud', 'etude', true],
    ['deep learnin', 'deep learning', true],
    ['weak-to-stro', 'weak to strong', true],
    ['weak-to-stro', 'strong to weak', false],
  ])('%j finds %j: %j', (typed, text, found) => {
    expect(indexOf([text])(typed).has(0)).toBe(found);
  });
});

describe('what is typed is never an operator', () => {
  test('any text makes an expression that FTS5 takes', () => {
    const find = indexOf(['some words', 'AND OR NOT NEAR']);
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        '"',
        '*',
        '(',
        ')',
        '^',
        ':',
        '-',
        '+',
        'AND',
        'OR',
        'NOT',
        'NEAR(',
        '{a b}',
        'title:',
        '\0',
        '""',
        "'",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        find(pieces.join(' '));
        find(pieces.join(''));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['AND', [1]],
    ['near', [1]],
    ['some* ', [0]],
    ['"some words"', [0]],
    ['"words some"', []],
    ['words -some', []],
    ['words -not', [0]],
    ['words words', [0]],
    ['...', [0, 1]],
  ])('%j finds %j', (query, rows) => {
    expect([...indexOf(['some words', 'AND OR NOT NEAR'])(query)]).toEqual(rows);
  });

  test('negations alone leave all other papers', () => {
    expect([...indexOf(['some words', 'other words', 'words'])('-some -"other words"')]).toEqual([2]);
  });
});

describe('marks', () => {
  const marker = new TextMarker(tokenizer);
  const marked = (query: string, title: string, abstract = '') => {
    const [marks] = marker.mark(markExpression([parseQuery(query)], forms), [{ title, abstract }]);
    const words = (text: string, ranges: readonly (readonly [number, number])[] = []) =>
      ranges.map(([from, to]) => text.slice(from, to));
    return [words(title, marks?.title), words(abstract, marks?.abstract)];
  };

  test.each<[string, string, string, string[], string[]]>([
    ['learn ', 'Learning to Learn', 'It learned.', ['Learning', 'Learn'], ['learned']],
    ['lear', 'Learning, Clearly', '', ['Learning'], []],
    ['title:wall ', 'A Wall', 'The wall.', ['Wall'], []],
    ['abstract:wall ', 'A Wall', 'The wall.', [], ['wall']],
    ['author:wall ', 'A Wall', 'The wall.', [], []],
    ['-wall tea ', 'Tea at the Wall', '', ['Tea'], []],
    ['"to strong"', 'Weak-to-Strong or Strong', '', ['to-Strong'], []],
    ['weak strong ', 'Weak-to-Strong', 'strong', ['Weak', 'Strong'], ['strong']],
    ['etude ', 'Étude 𝒳 étude', '', ['Étude', 'étude'], []],
    ['tea ', 'no match', 'tea', [], ['tea']],
    ['is:starred', 'A Wall', '', [], []],
    ['zebra ', 'A Wall', '', [], []],
  ])('%j in %j and %j', (query, title, abstract, inTitle, inAbstract) => {
    expect(marked(query, title, abstract)).toEqual([inTitle, inAbstract]);
  });

  test('control characters in a text do not become marks', () => {
    expect(marked('wall ', 'a \u0001b\u0002 wall')).toEqual([['wall'], []]);
  });

  test('each text has its own, and they do not mix with those of the call before', () => {
    const expression = markExpression([parseQuery('tea ')], forms);
    const texts = [
      { title: 'None', abstract: '' },
      { title: 'Tea', abstract: '' },
    ];
    marker.mark(expression, [{ title: 'Tea tea', abstract: '' }]);
    expect(marker.mark(expression, texts).map(({ title }) => title)).toEqual([[], [[0, 3]]]);
    expect(marker.mark(null, texts).map(({ title }) => title)).toEqual([[], []]);
  });
});
