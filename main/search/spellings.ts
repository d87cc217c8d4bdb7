import { fold, sameWords } from './same-words.ts';

/**
 * First parts that some write together with what follows, some with a hyphen, some apart. Common
 * words that mostly stand alone (`on`, `data`) are left out: looking for them costs too much.
 */
const firstParts = new Set(
  `anti auto back bi bio co counter cross de dis electro extra few geo hetero homo hydro hyper infra inter intra iso
  macro mega meta micro mid mini mis mono multi nano neuro non omni one over para photo poly post pre proto pseudo
  quasi re self semi single socio spatio sub super tele thermo trans tri ultra un under uni zero`.split(/\s+/),
);

const word = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;
const hyphen = /^[-\u2010-\u2015\u2212]$/;

/**
 * Letters that have no accent to take off, so that the full-text index leaves them as they are, and
 * what those write instead who do not have them: Łukasz, Ørsted, Strauß, Kjær, Yıldız, Đức.
 */
const ownLetters: readonly (readonly [own: string, plain: string])[] = [
  ...([
    ['ł', 'l'],
    ['ø', 'o'],
    ['ß', 'ss'],
    ['æ', 'ae'],
    ['ø', 'oe'],
    ['œ', 'oe'],
    ['ı', 'i'],
    ['đ', 'd'],
  ] as const),
  ...([
    ['ð', 'd'],
    ['þ', 'th'],
    ['ħ', 'h'],
  ] as const),
];
const anyOwnLetter = /[łøßæœıđðþħ]/;

/** Spellings of a text are looked for all at once, so there is an end to their number. */
const mostSpellings = 12;

/** Places of a word at which one letter may be another one. */
const mostPlaces = 3;
/** Words of a text in which letters may be others: names have no more. */
const mostNames = 3;

/** The shortest rest of a word that is taken apart. */
const shortestRest = 3;
const shortestTypedRest = 2;

interface Word {
  text: string;
  folded: string;
  /** A hyphen joins it to the next word. */
  hyphened: boolean;
  /** Nothing but space is between it and the next word. */
  spaced: boolean;
}

function wordsOf(text: string): Word[] {
  const found = [...text.matchAll(word)];
  return found.map(({ 0: text_, index }, at) => {
    const between = text.slice(index + text_.length, found[at + 1]?.index ?? text.length);
    const isLast = at === found.length - 1;
    return {
      text: text_,
      folded: fold(text_),
      hyphened: !isLast && hyphen.test(between),
      spaced: !isLast && /^\s+$/.test(between),
    };
  });
}

/** A word written as two: `pretraining` as `pre training`, `gpt4` as `gpt 4`. */
function apart(folded: string, shortest: number): string[] {
  const found: string[] = [];
  for (let at = 2; at <= folded.length - shortest; at += 1) {
    if (firstParts.has(folded.slice(0, at)) && /^[a-z]+$/.test(folded)) {
      found.push(`${folded.slice(0, at)} ${folded.slice(at)}`);
    }
  }
  // One letter and a hyphen: k-means, n-gram, q-learning, x-ray.
  if (/^[knqx][a-z]{3,}$/.test(folded)) found.push(`${folded.slice(0, 1)} ${folded.slice(1)}`);
  const [, name, number] = /^([a-z]{2,})(\d{1,6})$/.exec(folded) ?? [];
  if (name && number) found.push(`${name} ${number}`);
  return found;
}

/** A word as it is written with letters of its own language, or without: `lukasz` as `łukasz`, `ørsted` as `orsted`. */
function inOtherLetters(folded: string): string[] {
  if (anyOwnLetter.test(folded)) {
    return [ownLetters.reduce((text, [own, plain]) => text.replaceAll(own, plain), folded)];
  }
  const found: string[] = [];
  for (const [own, plain] of ownLetters) {
    const places = [...folded.matchAll(new RegExp(plain, 'g'))].map(({ index }) => index);
    for (const at of places.slice(0, mostPlaces)) {
      found.push(folded.slice(0, at) + own + folded.slice(at + plain.length));
    }
    if (places.length > 1) found.push(folded.replaceAll(plain, own));
  }
  return found;
}

/** How many words from `at` on may be one, if any may: `pre-training`, `few shot`, `state-of-the-art`. */
function together(words: readonly Word[], at: number): number[] {
  const lengths = new Set<number>();
  const first = words[at];
  if (!first) return [];
  let end = at;
  while (words[end]?.hyphened) end += 1;
  const startsHere = !words[at - 1]?.hyphened;
  if (startsHere && end > at) lengths.add(end - at + 1);
  if ((first.hyphened || first.spaced) && firstParts.has(first.folded)) lengths.add(2);
  return [...lengths];
}

/**
 * The ways in which a text that is looked for may be written: words that are the same to a reader
 * (see `same-words.ts`), words with a hyphen, without, or apart, and names in other letters. Each is a text for the
 * full-text index, in which words that stand beside each other must follow each other.
 * @param text one word or several
 * @param typed the last word is still being typed, so words may go on from there
 * @returns the text itself first, then others; never more than two dozen
 */
export function spellings(text: string, typed: boolean): string[] {
  const words = wordsOf(text);
  const found = new Set<string>();
  const follow = (at: number, before: readonly string[]): void => {
    if (found.size >= mostSpellings) return;
    const first = words[at];
    if (!first) {
      found.add(before.join(' '));
      return;
    }
    follow(at + 1, [...before, first.text]);
    for (const length of together(words, at)) {
      const parts = words.slice(at, at + length);
      follow(at + length, [...before, parts.map(({ folded }) => folded).join('')]);
    }
    const shortest = typed && at === words.length - 1 ? shortestTypedRest : shortestRest;
    // Kinds of a letter (𝛼, ﬁ) stand as they are in the index.
    const plain = first.text.normalize('NFKC') === first.text.normalize('NFC') ? [] : [first.folded];
    const others = [...plain, ...sameWords(first.folded), ...apart(first.folded, shortest)];
    for (const other of others) follow(at + 1, [...before, other]);
  };
  follow(0, []);
  const most = found.size + mostSpellings;
  for (const [at, { folded }] of words.length <= mostNames ? words.entries() : []) {
    for (const other of inOtherLetters(folded)) {
      if (found.size >= most) break;
      found.add(words.map(({ text }, index) => (index === at ? other : text)).join(' '));
    }
  }
  found.delete(words.map(({ text }) => text).join(' '));
  return [text, ...found];
}
