import fc from 'fast-check';
import { fieldNames } from './fields.ts';

const grammar = [
  ...[' ', ' ', ' ', '  ', '-', 'NOT ', ' OR ', '|', '(', ')', '(', ')', '"', '"', '“', '”', ',', '..', '<', '>', ':'],
  ...['--', ' -(', '()', '[', ']', '\n', '\u3000', '*'],
];
const values = [
  ...['unread', 'read,queued', 'starred', 'new', 'note', 'tag', 'code', 'ml', 'ml/vision', 'tool use', '"tool use",ml'],
  ...['2023', '2023..2024', '..2024', '>50', '<=3', '-7', '2024-02-30', '2024-2', 'today', 'yesterday', '<2w', '>1y'],
  ...['0d', 'added', '-votes,title', 'relevance', '3', '1,2', 'page.html'],
];
const pasted = [
  ...['2306.12345', 'arXiv:2306.12345v2', 'arXiv: 2306.12345 [cs.CL]', 'math.GT/0309136', 'doi: 10.1000/X(1)2'],
  ...['10.1016/S0140-6736(20)30183-5', 'https://arxiv.org/pdf/2306.12345.pdf', 'https://doi.org/10.1/e%CC%81%22x'],
  ...['GPT-4: a report', 'A* search', 'f(x|y)', 'O(n^2)', 'C++', "don't", '5"', 'x_1'],
];
const words = [
  'weak',
  'to',
  'strong',
  'é',
  'e\u0301',
  'pre-training',
  'α',
  'ß',
  'שלום',
  '深度',
  '🙂',
  '…',
  'NOT',
  'OR',
  'or',
];

/** Pieces that queries are made of, and junk, so that arbitrary texts reach every branch of the parser. */
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...grammar) },
  { weight: 3, arbitrary: fc.constantFrom(...fieldNames, 'TAGS', 'foo').map((name) => `${name}:`) },
  { weight: 3, arbitrary: fc.constantFrom(...values) },
  { weight: 3, arbitrary: fc.constantFrom(...words) },
  { weight: 1, arbitrary: fc.constantFrom(...pasted) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
);

/** Texts of queries for tests: mixes of the grammar's pieces and junk. */
export const arbitraryQueryText: fc.Arbitrary<string> = fc
  .array(piece, { maxLength: 16 })
  .map((pieces) => pieces.join(''));
