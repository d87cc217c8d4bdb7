import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayBeDamaged } from './may-be-damaged.ts';
import { type Piece, piecesOf } from './pieces.ts';
import { damagedMathematics } from './repair.ts';
import { damagedPassages, soundPassages } from './repair-passages.ts';
import { unseenDamaged, unseenSound } from './repair-passages-unseen.ts';
import { repairsOf, scoreOf } from './repair-score.ts';

const damaged = [...damagedPassages, ...unseenDamaged];
const sound = [...soundPassages, ...unseenSound];

describe('labelled passages', () => {
  test('are 150 at least, half of them traps', () => {
    expect(damaged.length + sound.length).toBeGreaterThanOrEqual(150);
    expect(sound.length).toBeGreaterThanOrEqual(damaged.length);
    expect(new Set([...damaged.map(({ text }) => text), ...sound]).size).toBe(damaged.length + sound.length);
    for (const { text, meant } of damaged) {
      let at = 0;
      for (const [stretch] of meant) {
        const found = text.indexOf(stretch, at);
        expect(found, `${stretch} in ${text}`).toBeGreaterThanOrEqual(0);
        at = found + stretch.length;
      }
    }
  });

  test('no trap is touched', () => {
    expect(scoreOf([], sound).touched).toEqual([]);
  });

  test.each(damagedPassages)('$text', ({ text, meant }) => {
    expect(repairsOf(text)).toEqual(meant);
  });

  test('of those that the rules had not met, 58 of 60 stretches are found, and nothing else', () => {
    const { labelled, right, wrong } = scoreOf(unseenDamaged, []);
    expect({ labelled, right, wrong }).toEqual({ labelled: 60, right: 58, wrong: 0 });
  });

  test('each is repaired the same behind a sentence with nothing in it', () => {
    for (const { text, meant } of damagedPassages) {
      expect(repairsOf(`Nothing is the matter here. ${text}`), text).toEqual(meant);
    }
  });
});

describe('what is around', () => {
  test('the same word is repaired where it stands in mathematics, and stays where it does not', () => {
    expect(repairsOf('The alpha release has alpha_1 = 3 and pm 5.')).toEqual([['alpha_1 = 3', '\\alpha_1 = 3']]);
    expect(repairsOf('We sum to one in text, and sum_{i=1}^n x_i to zero.')).toEqual([
      ['sum_{i=1}^n x_i', '\\sum_{i=1}^n x_i'],
    ]);
  });

  test('a lone letter is a variable only where a formula has it', () => {
    expect(repairsOf('the number n of papers')).toEqual([]);
    expect(repairsOf('the number n of papers, n geq 3')).toEqual([
      ['n', 'n'],
      ['n geq 3', 'n \\geq 3'],
    ]);
    expect(repairsOf('3 m of rope, (m) and m-files, where m gg n')).toEqual([['m gg n', 'm \\gg n']]);
  });

  test('names that are a letter are none of the variables of the text', () => {
    const lead = 'Let C_1, D_2, T_3, G_4, N_5, mu_6, delta_7 leq 3.';
    const names =
      'In C. elegans, protein C and T cells, G proteins, D dimers, N terminal parts, mu opioid and delta receptors.';
    expect(repairsOf(`${lead} ${names}`)).toEqual(repairsOf(lead));
    expect(repairsOf('C_1 leq 3 is bounded by C. We use it.').at(-1)).toEqual(['C', 'C']);
  });

  test('a text with LaTeX between its marks is sound, and nothing in it is repaired', () => {
    expect(damagedMathematics('Let $x_1$ be 0.45pm0.15.')).toEqual([]);
    expect(damagedMathematics('Let \\(x_1\\) be 0.45pm0.15.')).toEqual([]);
  });

  test.each([
    'HIF-1alpha, MIP-1beta and IL-1beta rose in beta cells, and so did 17beta-estradiol (P<0.001).',
    '5alpha-reductase, 11beta-HSD1, 1alpha,25-dihydroxyvitamin D3 and 6beta hydroxylation',
    'GABA receptors of alpha1beta2gamma2 subunits, and the integrin alpha4beta7',
    'versions 1.0alpha, 0.9beta, v1.0beta2 and 4.1alpha3 of the program',
    'Qwen2.5-7B_v1 and LLaMA-13B_v2',
  ])('names with numbers and Greek letters are no formulas: %s', (text) => {
    expect(repairsOf(text)).toEqual([]);
    expect(repairsOf(`x_1 leq beta. ${text}`).filter(([found]) => /\d(?:alpha|beta)|_v/.test(found))).toEqual([]);
  });

  test.each([
    ['a rate of mathcal{O}(1/n) in L_2 norm', 'mathcal{O}(1/n)', 'L_2'],
    ['vectors x_i in d dimensions', 'x_i'],
    ['it takes O(n log n) in T steps', 'O(n log n)'],
    ['an angle phi_1 in ell_2-norm', 'phi_1', 'ell_2'],
    ['x_i in X and y_j in mathbb{R}^d', 'x_i in X', 'y_j in mathbb{R}^d'],
  ])('"in" is a word where what follows is no set: %s', (text, ...meant) => {
    expect(repairsOf(text).map(([found]) => found)).toEqual(meant);
  });

  test('a base that stands at its logarithm is one', () => {
    expect(repairsOf('x_1 leq log10(P_1)')).toEqual([['x_1 leq log10(P_1)', 'x_1 \\leq \\log_{10}(P_1)']]);
  });

  test('no letter is parted from its accent', () => {
    expect(repairsOf('mathcal{O}e\u0301')).toEqual([]);
  });

  test('money is no mark of mathematics', () => {
    expect(repairsOf('It costs $5 and is 64times64.')).toEqual([['64times64', '64\\times 64']]);
  });

  test('a backslash that is left where the dollars are lost is one more sign', () => {
    expect(repairsOf('an error of 0.4 \\pm 0.1 and a set \\mathcal{S} of them')).toEqual([
      ['0.4 \\pm 0.1', '0.4 \\pm 0.1'],
      ['\\mathcal{S}', '\\mathcal{S}'],
    ]);
  });

  test('stretches lie in the stored text where other scripts and pairs of units stand before them', () => {
    const text = '𝔘nicode 🙂 Ångström: 64times64, и x_1.';
    expect(repairsOf(text)).toEqual([
      ['64times64', '64\\times 64'],
      ['x_1', 'x_1'],
    ]);
  });

  test('the pieces that are shown have the repaired mathematics, the rest letter by letter', () => {
    const source = 'an AUC of 0.89pm0.05 when';
    expect(piecesOf(source, { repair: true })).toEqual<Piece[]>([
      { kind: 'text', text: 'an AUC of ', from: 0, to: 10 },
      { kind: 'math', latex: '0.89\\pm 0.05', display: false, from: 10, to: 20, repaired: true },
      { kind: 'text', text: ' when', from: 20, to: 25 },
    ]);
  });
});

describe('whatever the text', () => {
  const words = fc.constantFrom(
    ...'mathcal { } ( ) [ ] | _ ^ alpha nu L 2 10 0.5 pm times gg leq n x , . - = < in to frac sqrt log sum left right'.split(
      ' ',
    ),
    ...[
      'langle',
      'rangle',
      'Phicirc',
      '\\alpha',
      '\\',
      '$',
      ' ',
      ' ',
      ' ',
      '\n',
      '%',
      '…',
      '🙂',
      'the',
      'text',
      '`',
      '/',
    ],
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(words, { maxLength: 60 }).map((all) => all.join('')),
  );

  test('stretches are in order, none overlap, all lie inside, and each has its LaTeX', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let at = 0;
        for (const { from, to, latex } of damagedMathematics(text)) {
          expect(from).toBeGreaterThanOrEqual(at);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(text.length);
          expect(latex.trim()).not.toBe('');
          at = to;
        }
        expect(at === 0 || mayBeDamaged(text)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('no stretch begins or ends within a word', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const { from, to } of damagedMathematics(text)) {
          const first = text.slice(from, from + 1);
          expect(/[A-Za-z]/.test(first) && /[A-Za-z]/.test(text.charAt(from - 1)), text).toBe(false);
          expect(/[A-Za-z]/.test(text.charAt(to - 1)) && /[a-z]/.test(text.charAt(to)), text).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });

  test.each(['x_1 ', 'mathcal{O}', 'log n '])('two hundred thousand characters of %j are no formula', (part) => {
    expect(repairsOf(part.repeat(200_000 / part.length))).toEqual([]);
  });

  test('braces in the LaTeX pair up', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const { latex } of damagedMathematics(text)) {
          let depth = 0;
          for (const [sign] of latex.matchAll(/\\[\s\S]|[{}]/g)) {
            if (sign === '{') depth += 1;
            if (sign === '}') depth -= 1;
            expect(depth, latex).toBeGreaterThanOrEqual(0);
          }
          expect(depth, latex).toBe(0);
        }
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['(', '('],
    ['x_1+(', 'x_1+('],
    ['{', '{'],
    ['x_', 'x_'],
    ['|x', '|x'],
    ['sqrt{', 'sqrt{'],
    ['alphabeta', 'alphabeta'],
    ['left(x_1 ', 'left(x_1 '],
    ['x_1, ', 'x_1, '],
    ['x_1 leq ', 'x_1 leq '],
    ['a.b/', 'a.b/'],
    ['_a', '_a'],
  ])('twenty thousand characters of %j are looked at a bounded number of times each', (_, part) => {
    const text = `x_1 ${part.repeat(Math.ceil(20_000 / part.length))}`;
    let places = 0;
    damagedMathematics(text, (count) => {
      places += count;
    });
    expect(places).toBeGreaterThan(0);
    expect(places).toBeLessThan(100 * text.length);
  });
});
