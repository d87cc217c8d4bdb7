import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameAsRead, splitNames } from './read-names.ts';

describe('a name is turned round where its family name comes first', () => {
  test.each([
    ['Gogh, Vincent van', 'Vincent van Gogh'],
    ['Smith, Jr., Bob', 'Bob Smith Jr.'],
    ['Tukey, John W., Jr.', 'John W. Tukey Jr.'],
    ['King, Jr.', 'King Jr.'],
    ['Cocke,', 'Cocke'],
    ['Alan  Turing', 'Alan Turing'],
    ['', ''],
    [' , ', ''],
  ])('%j', (text, name) => {
    expect(nameAsRead(text)).toBe(name);
  });
});

describe('names in one cell', () => {
  test.each([
    ['Smith, John; Doe, Jane', ['John Smith', 'Jane Doe']],
    ['John Smith; Jane Doe;', ['John Smith', 'Jane Doe']],
    ['Smith, John and Doe, Jane', ['John Smith', 'Jane Doe']],
    ['John Smith, Jane Doe and Al B. Roe', ['John Smith', 'Jane Doe', 'Al B. Roe']],
    ['John Smith, Jane Doe', ['John Smith', 'Jane Doe']],
    ['Jane Doe, Xi Li', ['Jane Doe', 'Xi Li']],
    ['Jane Doe, Bo Wu, Karl Roe, An Le', ['Jane Doe', 'Bo Wu', 'Karl Roe', 'An Le']],
    ['Smith, J., Doe, K. L., Roe, A.', ['J. Smith', 'K. L. Doe', 'A. Roe']],
    ['Smith, John', ['John Smith']],
    ['John Smith & Jane Doe', ['John Smith', 'Jane Doe']],
    ['John Smith, et al.', ['John Smith']],
    ['John Smith and others', ['John Smith']],
    ['Ada\nGrace Hopper', ['Ada', 'Grace Hopper']],
    ['Anderson Sandra', ['Anderson Sandra']],
    ['', []],
    ['; -', []],
  ])('%j', (text, names) => {
    expect(splitNames(text)).toEqual(names);
  });

  test('any text gives clean names', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        for (const name of splitNames(text)) expect(nameAsRead(name).length).toBeGreaterThan(0);
      }),
    );
  });
});
