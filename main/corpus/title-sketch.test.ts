import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockTexts, editDistance, sketchOf, titleLikeness } from './title-sketch.ts';

const likeness = (a: string, b: string) => titleLikeness(sketchOf(a), sketchOf(b));

/** True when the two titles share a block, without which nobody would compare them. */
function meet(a: string, b: string): boolean {
  const blocks = new Set(blockTexts(sketchOf(a)));
  return blockTexts(sketchOf(b)).some((text) => blocks.has(text));
}

test.each([
  ['a typing error', 'Reinforcement Learning for Robots', 'Reinforcment Learning for Robots'],
  ['two letters swapped', 'Reinforcement Learning for Robots', 'Reinforcement Laerning for Robots'],
  ['American spelling', 'Modelling the Colour of Distant Galaxies', 'Modeling the Color of Distant Galaxies'],
  ['a plural', 'Scaling Laws for Language Models', 'Scaling Law for Language Models'],
  ['small words', 'On the Convergence of Gradient Methods', 'Convergence of the Gradient Methods'],
  ['an ampersand', 'Speech & Language Processing Today', 'Speech and Language Processing Today'],
  ['an extended version', 'Fast Sorting of Long Lists', 'Fast Sorting of Long Lists (Extended Version)'],
  ['a numbered version', 'Fast Sorting of Long Lists', 'Fast Sorting of Long Lists, v2'],
  ['an abstract', 'Fast Sorting of Long Lists', 'Fast sorting of long lists [extended abstract].'],
  ['a missing subtitle', 'Fast Sorting of Long Lists', 'Fast Sorting of Long Lists: A Practical Guide'],
  ['a subtitle after a dash', 'Fast Sorting of Long Lists', 'Fast Sorting of Long Lists – a practical guide'],
  ['LaTeX', 'Bounds for $\\alpha$-Stable Processes', 'Bounds for α-stable processes'],
  ['LaTeX commands', 'The \\textbf{Great} Attractor of {\\"U}bersee', 'The Great Attractor of Übersee'],
  ['indices', 'Adsorption of CO$_2$ on Clean Surfaces', 'Adsorption of CO2 on clean surfaces'],
  ['a hyphen more', 'Pre-training Improves Everything We Tried', 'Pretraining Improves Everything We Tried'],
  ['Cyrillic', 'Исследование многих интересных вещей', 'Исследование многих интересных вещеи'],
])('%s leaves a title nearly the same', (_, a, b) => {
  expect(likeness(a, b)).toBeGreaterThanOrEqual(0.9);
  expect(likeness(b, a)).toBe(likeness(a, b));
  expect(meet(a, b)).toBe(true);
});

test.each([
  ['parts', 'A Theory of Everything, Part I', 'A Theory of Everything, Part II'],
  ['parts as subtitles', 'A Theory of Everything: Part 1', 'A Theory of Everything'],
  ['numbered subtitles', 'A Theory of Everything', 'A Theory of Everything: II'],
  ['numbers', 'GPT-3 Is a Few-Shot Learner of Everything', 'GPT-4 Is a Few-Shot Learner of Everything'],
  ['years', 'The Task of Sentiment Analysis 2015', 'The Task of Sentiment Analysis 2016'],
  ['a letter', 'Measurement of Particle A at High Energies', 'Measurement of Particle B at High Energies'],
  ['another word', 'Convolutional Networks for Images', 'Convolutional Networks for Videos'],
  ['its opposite', 'Supervised Learning of Representations', 'Unsupervised Learning of Representations'],
  ['other subtitles', 'Deep Residual Learning: A Survey', 'Deep Residual Learning: A Critique'],
  ['short titles', 'Preface', 'Prefaces'],
])('%s make another title', (_, a, b) => {
  expect(likeness(a, b)).toBe(0);
  expect(likeness(b, a)).toBe(0);
});

describe('the number of edits', () => {
  /** The textbook's table, all of it. */
  function fullTable(a: string, b: string): number {
    const rows = Array.from({ length: a.length + 1 }, (_, i) =>
      Array.from({ length: b.length + 1 }, (_unused, j) => (i === 0 ? j : j === 0 ? i : 0)),
    );
    const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
    for (let i = 1; i <= a.length; i += 1) {
      for (let j = 1; j <= b.length; j += 1) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        let cost = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
          cost = Math.min(cost, at(i - 2, j - 2) + 1);
        const row = rows[i];
        if (row) row[j] = cost;
      }
    }
    return at(a.length, b.length);
  }

  test('is the whole table’s, as far as the limit', () => {
    const text = fc.stringMatching(/^[abc]{0,9}$/);
    fc.assert(
      fc.property(text, text, fc.integer({ min: 0, max: 9 }), (a, b, limit) => {
        expect(editDistance(a, b, limit)).toBe(Math.min(fullTable(a, b), limit + 1));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('whatever the titles', () => {
  test('one wrong letter in a long title is found', () => {
    const word = fc.stringMatching(/^[a-z]{5,9}$/);
    const cases = fc.record({
      words: fc.array(word, { minLength: 6, maxLength: 9 }),
      which: fc.nat(5),
      at: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(cases, ({ words, which, at }) => {
        const wrong = words.map((text, index) => (index === which ? `${text.slice(0, at)}q${text.slice(at)}` : text));
        const [a, b] = [words.join(' '), wrong.join(' ')];
        expect(meet(a, b)).toBe(true);
        // A word that becomes an empty one or a number is another matter.
        if (sketchOf(a).words.length === words.length) expect(likeness(a, b)).toBeGreaterThan(0.9);
      }),
    );
  });

  test('they are compared without failing, both ways alike, and quickly', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(likeness(a, b)).toBe(likeness(b, a));
        blockTexts(sketchOf(a));
      }),
    );
    const started = performance.now();
    for (const sign of [' ', '(', '\\', ':', '$', 'a', '(v1) ']) sketchOf(sign.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});
