import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Highlight } from '../highlights.ts';
import { placeOf } from './anchor.ts';
import { highlightOf } from './edit.ts';

const given = { id: '00000000-0000-4000-8000-000000000001', colour: 'yellow' as const, at: 1 };

function quoted(text: string, words: string, nth = 0): Highlight {
  let from = text.indexOf(words);
  for (let at = 0; at < nth; at += 1) from = text.indexOf(words, from + 1);
  const highlight = highlightOf(text, [from, from + words.length], given);
  if (!highlight) throw new Error(`“${words}” is not in the text`);
  return highlight;
}

const found = (highlight: Highlight, text: string) => {
  const place = placeOf(highlight, text);
  return place && text.slice(...place);
};

const abstract =
  'We study the loss of deep networks. The loss is convex in every layer, and the loss of the last layer is smooth.';

describe('the words of a highlight', () => {
  test('are found where they stood', () => {
    const highlight = quoted(abstract, 'loss', 2);
    expect(placeOf(highlight, abstract)).toEqual([highlight.from, highlight.from + 4]);
  });

  test('are found in a newer version, by what stands around them', () => {
    const newer = `In this revision we correct a mistake. ${abstract.replace('We study', 'We again study')}`;
    const highlight = quoted(abstract, 'loss', 1);
    expect(placeOf(highlight, newer)).toEqual([newer.indexOf('The loss') + 4, newer.indexOf('The loss') + 8]);
    expect(found(quoted(abstract, 'convex in every layer'), newer)).toBe('convex in every layer');
  });

  test('are found without regard to how the lines are broken', () => {
    const broken = abstract.replaceAll(' ', '\n  ').replace('convex', 'con\u00advex');
    expect(found(quoted(abstract, 'is convex in every'), broken)).toBe('is\n  con\u00advex\n  in\n  every');
  });

  test('are lost where they stand no more, and a few letters are not taken for them', () => {
    const other = 'Another text, of which the loss is a part.';
    expect(placeOf(quoted(abstract, 'convex in every layer'), other)).toBeNull();
    expect(placeOf(quoted(abstract, 'of', 1), other)).toBeNull();
    expect(placeOf(quoted(abstract, 'convex in every layer'), '')).toBeNull();
  });

  test('of a text that is all highlighted are found in a longer one', () => {
    expect(found(quoted('Convex losses', 'Convex losses'), 'On convex losses. Convex losses are nice.')).toBe(
      'Convex losses',
    );
  });
});

const word = fc.constantFrom('loss', 'of', 'deep', 'networks', '$x_2$', '👩', 'é', 'convexity');
const words = fc.array(word, { minLength: 1, maxLength: 30 });
const stretch = fc
  .tuple(words, fc.nat(), fc.nat())
  .map(([list, one, other]) => {
    const text = list.join(' ');
    const [from, to] = [one % (text.length + 1), other % (text.length + 1)].toSorted((a, b) => a - b) as [
      number,
      number,
    ];
    return { text, from, to };
  })
  .filter(({ text, from, to }) => highlightOf(text, [from, to], given) !== null);

test('a highlight is found in its own text just where it was made, whatever stands there twice', () => {
  fc.assert(
    fc.property(stretch, ({ text, from, to }) => {
      const highlight = highlightOf(text, [from, to], given) as Highlight;
      expect(highlight.quote.isWellFormed() && highlight.before.isWellFormed()).toBe(true);
      expect(placeOf(highlight, text)).toEqual([highlight.from, highlight.from + highlight.quote.length]);
    }),
  );
});

test('what is written before and behind the text moves it along', () => {
  fc.assert(
    fc.property(stretch, words, words, ({ text, from, to }, ahead, behind) => {
      // With enough around it that all of its context is of its own text.
      const own = `${'<'.repeat(64)}${text}${'>'.repeat(64)}`;
      const highlight = highlightOf(own, [from + 64, to + 64], given) as Highlight;
      const moved = `${ahead.join(' ')} ${own} ${behind.join(' ')}`;
      const place = placeOf(highlight, moved) ?? [0, 0];
      expect(moved.slice(...place)).toBe(highlight.quote);
      expect(moved.slice(place[0] - highlight.before.length, place[0])).toBe(highlight.before);
      expect(moved.slice(place[1], place[1] + highlight.after.length)).toBe(highlight.after);
    }),
  );
});

test('whatever becomes of white space, the words that are found are those that were highlighted', () => {
  fc.assert(
    fc.property(stretch, fc.constantFrom('\n', '  ', '\t \n'), ({ text, from, to }, space) => {
      const highlight = highlightOf(text, [from, to], given) as Highlight;
      const broken = text.replaceAll(' ', space);
      const place = placeOf(highlight, broken);
      expect(place).not.toBeNull();
      const plain = (some: string) => some.replaceAll(/\s+/g, ' ');
      expect(plain(broken.slice(...(place ?? [0, 0])))).toBe(plain(highlight.quote));
    }),
  );
});

test('in any other text what is found is the words and nothing else', () => {
  fc.assert(
    fc.property(stretch, words, ({ text, from, to }, other) => {
      const highlight = highlightOf(text, [from, to], given) as Highlight;
      const place = placeOf(highlight, other.join(' '));
      if (place) expect(other.join(' ').slice(...place)).toBe(highlight.quote);
    }),
  );
});
