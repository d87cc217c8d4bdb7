import { readFileSync } from 'node:fs';

/** A made-up paper with the fields that an import can bring. */
export interface GeneratedPaper {
  title: string;
  abstract: string;
  authors: string[];
  published: string;
  arxivId: string;
}

const capture = new URL('../../resources/daily-papers.txt', import.meta.url);

/**
 * A small seeded generator of numbers in [0, 1): mulberry32, by Tommy Ettinger (public domain).
 * Libraries for this are large for what is needed: the same numbers on every machine.
 */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * The words to draw from, with how often each occurs: the bundled capture's own counts for the
 * head, and an invented tail of rare words that follows Zipf's law, so that the vocabulary grows
 * with the library as it does in real text.
 */
function vocabulary(tailSize: number): { words: string[]; cumulative: Float64Array } {
  const counts = new Map<string, number>();
  for (const word of readFileSync(capture, 'utf8')
    .toLowerCase()
    .match(/\p{L}[\p{L}-]+/gu) ?? []) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const head = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const syllables = [
    'neu',
    'ral',
    'to',
    'ka',
    'mi',
    'ver',
    'lo',
    'sen',
    'dra',
    'pol',
    'xi',
    'gra',
    'ten',
    'qua',
    'bi',
    'or',
  ];
  const words = head.map(([word]) => word);
  const weights = head.map(([, count]) => count);
  for (let rank = 0; rank < tailSize; rank += 1) {
    let word = '';
    for (let rest = rank + 4096; rest > 0; rest = Math.floor(rest / syllables.length))
      word += syllables[rest % syllables.length];
    words.push(word);
    weights.push(0.9 / (1 + rank / 400));
  }
  const cumulative = new Float64Array(weights.length);
  let total = 0;
  for (const [index, weight] of weights.entries()) {
    total += weight;
    cumulative[index] = total;
  }
  return { words, cumulative };
}

function indexBelow(cumulative: Float64Array, target: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 0) < target) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Makes papers whose words are as frequent as in real abstracts: the same ones for the same seed,
 * on any machine.
 * @param count how many papers
 * @param seed which library
 */
export function* generatePapers(count: number, seed = 1): Generator<GeneratedPaper> {
  const random = seededRandom(seed);
  const { words, cumulative } = vocabulary(60_000);
  const total = cumulative.at(-1) ?? 1;
  const draw = () => words[indexBelow(cumulative, random() * total)] ?? '';
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  const sentence = (length: number) => `${capitalised(Array.from({ length }, draw).join(' '))}.`;
  for (let index = 0; index < count; index += 1) {
    const title = Array.from({ length: between(4, 14) }, () => capitalised(draw())).join(' ');
    const abstract = Array.from({ length: between(5, 10) }, () => sentence(between(12, 32))).join(' ');
    const authors = Array.from({ length: between(1, 7) }, () => `${capitalised(draw())} ${capitalised(draw())}`);
    const year = 2008 + Math.floor((index / count) * 18);
    const month = String(between(1, 12)).padStart(2, '0');
    const day = String(between(1, 28)).padStart(2, '0');
    yield {
      title: `${title} ${index}`,
      abstract,
      authors,
      published: `${year}-${month}-${day}`,
      arxivId: `${String(year % 100).padStart(2, '0')}${month}.${String(index % 100_000).padStart(5, '0')}`,
    };
  }
}
