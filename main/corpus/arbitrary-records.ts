import fc from 'fast-check';
import { paperOf } from '../importers/importer.ts';
import type { PaperFacts } from './record-body.ts';

const { marks: _marks, ...nothing } = paperOf('');

/** A record for tests: nothing said but what is given. */
export function recordOf(title: string, facts: Partial<PaperFacts> = {}): PaperFacts {
  return { ...nothing, title, ...facts };
}

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 2 });

/** Titles that papers share, short and long, and one that only an id stands for. */
const titles = [
  'Preface',
  'PREFACE.',
  'Introduction',
  'A Study of Many Things and Their Uses',
  'A study of many things, and their uses',
  'Learning to Learn without Forgetting What Was Learnt',
  'arXiv:2301.00001',
];
const authors = ['Ada Smith', 'Smith, A.', 'Bo Jones', 'C. Müller', 'Mueller, Claus', 'Di Wang'];

/**
 * Records from a pool so small that many are about the same papers, agree, contradict one another
 * or leave open which paper they mean.
 */
export const pooledRecord: fc.Arbitrary<PaperFacts> = fc
  .record({
    title: fc.constantFrom(...titles),
    arxivId: maybe(fc.constantFrom('2301.00001', '2301.00002', 'math/0601001')),
    doi: maybe(fc.constantFrom('10.1000/a', '10.1000/b', '10.48550/arxiv.2301.00002')),
    authors: fc.subarray(authors, { maxLength: 2 }),
    published: maybe(fc.constantFrom('1999', '2000-05', '2001-01-02', '2004', '2010')),
    abstract: maybe(
      fc.constantFrom('We study things.', 'We  study\nthings.', 'We study many more things.', 'We study …'),
    ),
    updated: maybe(fc.constantFrom('2001', '2002-03', '2002-03-04')),
    votes: maybe(fc.nat(3)),
    keywords: fc.subarray(['graphs', 'Graphs', 'trees']),
    venue: maybe(fc.constantFrom('Journal of Things', 'Things Conf.')),
  })
  .map(({ title, ...facts }) => recordOf(title, facts));
