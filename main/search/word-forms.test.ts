import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold, wordGroups } from './same-words.ts';
import { spellings } from './spellings.ts';
import { TextMarker } from './text-marker.ts';
import { WordForms } from './word-forms.ts';

const tokenizer = 'porter unicode61 remove_diacritics 2';
const forms = new WordForms(tokenizer);
const marker = new TextMarker(tokenizer);

/** What FTS5 is asked for in place of a text. */
function expression(text: string, prefix: boolean): string {
  const { whole, prefixes } = forms.alternatives(text, { prefix });
  const quoted = (form: string) => `"${form.replaceAll('"', ' ')}"`;
  return [...whole.map(quoted), ...prefixes.map((form) => `${quoted(form)}*`)].join(' OR ');
}

/** The words of a text that are found and marked when another one is looked for. */
function marked(sought: string, text: string, prefix = false): string[] {
  const [marks] = marker.mark(expression(sought, prefix), [{ note: text }]);
  return marks?.note.map(([from, to]) => text.slice(from, to)) ?? [];
}

test.each([
  ['pre-training', 'Pretraining, pre training, Pre-Training', ['Pretraining', 'pre training', 'Pre-Training']],
  ['pretrained', 'Pre-trained and pre‑trained, pretrained', ['Pre-trained', 'pre‑trained', 'pretrained']],
  ['pre training', 'pretraining', ['pretraining']],
  ['training pre', 'pretraining, pre-training', []],
  ['multi-agent', 'A multiagent setting', ['multiagent']],
  ['non-convex', 'nonconvex', ['nonconvex']],
  ['zeroshot learner', 'Zero-Shot Learners', ['Zero-Shot Learners']],
  ['few shot learner', 'fewshot learners', ['fewshot learners']],
  ['state-of-the-art', 'stateoftheart, state of the art', ['stateoftheart', 'state of the art']],
  ['self-pre-training', 'self-pretraining', ['self-pretraining']],
  ['GPT-4', 'GPT4, gpt 4, GPT-40', ['GPT4', 'gpt 4']],
  ['gpt4', 'GPT-4', ['GPT-4']],
  ['convolution-free', 'convolutionfree', ['convolutionfree']],
  ['language model', 'languagemodel', []],
  ['β-VAE', 'A beta-VAE, BETA VAE', ['beta-VAE', 'BETA VAE']],
  ['beta', 'The β-VAE and Β and 𝛽', ['β', 'Β', '𝛽']],
  ['Α', 'alpha, α, not alphabet', ['alpha', 'α']],
  ['ϵ', 'epsilon, \\varepsilon, ε, Ε', ['epsilon', 'varepsilon', 'ε', 'Ε']],
  ['phi', 'ϕ φ Φ \\varphi', ['ϕ', 'φ', 'Φ', 'varphi']],
  ['σ', 'Sigma ς σ', ['Sigma', 'ς', 'σ']],
  ['µ', 'mu and μ', ['mu', 'μ']],
  ['λ', 'lambdas λ', ['lambdas', 'λ']],
  ['confusion matrices', 'A confusion matrix', ['confusion matrix']],
  ['criterion', 'Criteria', ['Criteria']],
  ['phenomena', 'a phenomenon', ['phenomenon']],
  ['biases', 'Bias, biased', ['Bias', 'biased']],
  ['studies', 'A study', ['study']],
  ['naïve', 'Naive', ['Naive']],
  ['kmeans', 'K-means, k means', ['K-means', 'k means']],
  ['ngram', 'an n-gram', ['n-gram']],
  ['lukasz', 'Łukasz', ['Łukasz']],
  ['Łukasz', 'lukasz', ['lukasz']],
  ['Soren Orsted', 'Soren Ørsted', ['Soren Ørsted']],
  ['moeller', 'Møller', ['Møller']],
  ['strauss', 'Strauß', ['Strauß']],
  ['kjaer', 'Kjær', ['Kjær']],
  ['yildiz isik', 'Yıldız Isik', ['Yıldız Isik']],
  ['dordevic', 'Đorđević', ['Đorđević']],
])('%j finds and marks in %j: %j', (sought, text, found) => {
  expect(marked(sought, text)).toEqual(found);
});

test.each([
  ['pretr', 'pre-training', ['pre-training']],
  ['pre-tr', 'pretraining', ['pretraining']],
  ['pre-t', 'pretraining, pre-training, pre-x', ['pretraining', 'pre-training']],
  ['selfsup', 'self supervised', ['self supervised']],
  ['alpha', 'α, alphabet', ['α', 'alphabet']],
  ['α', 'alpha, alphabet, ακρ', ['alpha', 'ακρ']],
  ['matrices', 'matrix', ['matrix']],
  ['t', 'Tea at the t4 t øt tø', ['Tea', 'the', 't4', 't', 'tø']],
  ['é', 'Étude edge', ['Étude', 'edge']],
  ['l', 'Łukasz', ['Łukasz']],
  ['luka', 'Łukasz', ['Łukasz']],
  ['bjo', 'Bjørn', ['Bjørn']],
  ['deep l', 'Deep learning, deep blue', ['Deep learning']],
])('%j, while it is typed, finds and marks in %j: %j', (sought, text, found) => {
  expect(marked(sought, text, true)).toEqual(found);
});

test('every word of a group of the same words finds all others of it', () => {
  for (const group of wordGroups)
    for (const word of group) expect([word, marked(word, group.join(' '))]).toEqual([word, group]);
});

test('no group is there for words that the stemmer knows to be the same', () => {
  const known = wordGroups.filter((group) => new Set(forms.stems(group)).size === 1);
  expect(known).toEqual([]);
});

test('for any text there are some spellings, itself the first, and FTS5 takes each', () => {
  const database = new DatabaseSync(':memory:');
  database.exec(`CREATE VIRTUAL TABLE t USING fts5 (x, tokenize = '${tokenizer}')`);
  const find = database.prepare('SELECT rowid FROM t WHERE t MATCH ?');
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.constantFrom(
      'pre',
      '-',
      '‑',
      ' ',
      'multi',
      'self',
      'α',
      'matrices',
      'gpt4',
      'training',
      'looseleaf',
      'ø',
      '"',
      "'",
      '\0',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), (pieces, typed) => {
      const text = pieces.join('');
      const found = spellings(text, typed);
      expect(found[0]).toBe(text);
      expect(found.length).toBeLessThanOrEqual(25);
      expect(new Set(found).size).toBe(found.length);
      find.all(expression(text, typed).replaceAll('\0', ' '));
    }),
    { numRuns: Number(process.env['RUNS'] ?? 200) },
  );
});

test('accents, case and kinds of a letter are folded', () => {
  expect(['Étude', 'ﬁne', 'ΣΑΣ', '𝛼', 'µ', 'Å'].map(fold)).toEqual(['etude', 'fine', 'σασ', 'α', 'μ', 'a']);
});
