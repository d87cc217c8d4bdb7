/** A title seen through the differences that two copies of it may have. */
export interface TitleSketch {
  /** Words that say something, folded, without LaTeX, without a note like "(extended version)" at the end. */
  words: readonly string[];
  /** The words as one. */
  letters: string;
  /** Words that are numbers, Roman numerals or single letters: where these differ, the papers do. */
  numbers: string;
  /** `letters` of what stands before the subtitle; null when there is no subtitle. */
  main: string | null;
  /** The subtitle says that this is one of several parts. */
  isPart: boolean;
}

const greek =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega'.split(
    ' ',
  );
const greekLetters = 'αβγδεζηθικλμνξοπρστυφχψω';

const emptyWords = new Set('a an and are as at by for from in is of on or the to using via with'.split(' '));
const partWords = new Set(['part', 'volume', 'vol', 'chapter', 'section', 'lecture', 'book', 'number', 'no', 'paper']);
const roman = /^(?:x{0,3})(?:ix|iv|v?i{0,3})$/;

/** What authors, editors and lists of papers add to a title. */
const note =
  /\s*[([](?:an?\s|the\s)?(?:extended|full|long|short|preliminary|revised|updated|corrected|journal|conference|workshop|technical|preprint|draft|version|v\.?\s?\d|abstract|poster|demo|tutorial|survey paper|invited|student|oral|spotlight|supplement|with (?:appendix|supplement)|arxiv)[^()[\]]{0,80}[)\]][\s.]*$/i;
const versionAtEnd =
  /[\s,:;–—-]+(?:(?:extended|full|revised|updated|preliminary|long|short) version|v\d{1,2}|version \d{1,2})[\s.]*$/i;
const subtitle = /(?<=\S\S)(?:[:?!]\s+|\s+[-–—]+\s+|—|\.\s+(?=\p{Lu}))(?=\S)/u;

/** Longest title that is looked at, in UTF-16 units. */
const longest = 500;

function withoutLatex(title: string): string {
  if (!/[\\${}]/.test(title)) return title;
  return title
    .replaceAll(/\\([a-zA-Z]+)\*?/g, (_, command: string) =>
      greek.includes(command) || command.length < 3 ? command : ' ',
    )
    .replaceAll(/\\[^a-zA-Z]/g, '')
    .replaceAll(/[{}$_^]/g, '');
}

function folded(text: string): string {
  const plain = text.toLowerCase();
  if (!/[^ -~]/.test(plain)) return plain;
  return plain
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replaceAll(/[α-ω]/gu, (letter) => greek[greekLetters.indexOf(letter)] ?? letter)
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l');
}

function wordsOf(text: string): string[] {
  return (folded(text).match(/\p{L}+|\p{N}+/gu) ?? []).filter((word) => !emptyWords.has(word));
}

function isNumber(word: string): boolean {
  return word.length === 1 || /^\p{N}/u.test(word) || roman.test(word);
}

/** Reads a title; takes time for at most 500 characters of it. */
export function sketchOf(title: string): TitleSketch {
  let plain = withoutLatex(title.slice(0, longest)).trim();
  for (let next = plain.replace(note, '').replace(versionAtEnd, ''); next !== plain && next !== ''; ) {
    plain = next;
    next = plain.replace(note, '').replace(versionAtEnd, '');
  }
  const words = wordsOf(plain);
  const cut = subtitle.exec(plain);
  const rest = cut === null ? [] : wordsOf(plain.slice(cut.index + cut[0].length));
  const [first = ''] = rest;
  return {
    words,
    letters: words.join(''),
    numbers: words.filter(isNumber).join(' '),
    main: cut === null || rest.length === 0 ? null : wordsOf(plain.slice(0, cut.index)).join(''),
    isPart: partWords.has(first) || isNumber(first),
  };
}

/** Letters of a title at its beginning and at its end that make a block. */
const blockLetters = 14;
/** With fewer letters than this, a title is too short for another to be nearly the same. */
const leastLetters = 20;

/**
 * Texts such that two titles that are nearly the same have one in common, nearly always: one wrong
 * letter spoils the beginning or the end, not both, and endings of words matter to neither of
 * the words' beginnings.
 */
export function blockTexts({ letters, words }: TitleSketch): string[] {
  if (letters.length < blockLetters) return [];
  const beginning = `begin ${letters.slice(0, blockLetters)}`;
  if (letters.length < leastLetters) return [beginning];
  const beginnings = [...new Set(words.map((word) => word.slice(0, 4)))].sort().join(' ');
  return [beginning, `end ${letters.slice(-blockLetters)}`, `words ${beginnings}`];
}

/**
 * How many letters must be changed, added, left out or swapped with their neighbour to make one
 * text of the other. Optimal string alignment distance, in a band of `limit` around the diagonal.
 * @returns more than `limit` when it is more, whatever it is
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const from = Math.max(1, i - limit);
    const to = Math.min(b.length, i + limit);
    const row: number[] = [];
    row[from - 1] = from === 1 ? i : limit + 1;
    let least = row[from - 1] ?? 0;
    for (let j = from; j <= to; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((above[j - 1] ?? limit) + (same ? 0 : 1), (row[j - 1] ?? limit) + 1, (above[j] ?? limit) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? limit) + 1);
      }
      row[j] = cost;
      least = Math.min(least, cost);
    }
    if (to < b.length) row[to + 1] = limit + 1;
    if (least > limit) return limit + 1;
    before = above;
    above = row;
  }
  return Math.min(above[b.length] ?? limit + 1, limit + 1);
}

/** Do the words that only one of the titles has answer each other, each but a misspelling of its counterpart? */
function wordsAnswer(a: readonly string[], b: readonly string[]): boolean {
  const onlyIn = (these: readonly string[], those: readonly string[]) => {
    const left = [...those];
    return these.filter((word) => {
      const at = left.indexOf(word);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  const [mine, theirs] = [onlyIn(a, b), onlyIn(b, a)];
  if (mine.join('') === theirs.join('')) return true;
  if (mine.length !== theirs.length) return false;
  return mine.every((word, at) => {
    const other = theirs[at] ?? '';
    return word[0] === other[0] && editDistance(word, other, 2) <= (Math.min(word.length, other.length) < 5 ? 1 : 2);
  });
}

/**
 * How nearly two titles are the same, their numbers being equal.
 * @returns 1 when they differ in signs and small words only, less for misspellings, 0.9 where one
 * lacks the subtitle of the other, 0 when they are different titles
 */
export function titleLikeness(a: TitleSketch, b: TitleSketch): number {
  if (a.letters === b.letters) return a.letters === '' ? 0 : 1;
  for (const [whole, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const isMain = whole.main !== null && whole.main === other.letters && whole.main.length >= blockLetters;
    if (isMain) return whole.isPart ? 0 : 0.9;
  }
  if (a.numbers !== b.numbers) return 0;
  const length = Math.min(a.letters.length, b.letters.length);
  if (length < leastLetters) return 0;
  const limit = Math.min(5, 1 + Math.trunc(length / leastLetters));
  const distance = editDistance(a.letters, b.letters, limit);
  if (distance > limit || !wordsAnswer(a.words, b.words)) return 0;
  return 1 - distance / length;
}
