import { type TitleSketch, titleLikeness } from './title-sketch.ts';

/** What must be known of a paper to say whether another may be the same. */
export interface Candidate {
  key: number;
  /** The title says little; see `isShortTitle`. */
  shortTitle: boolean;
  sketch: TitleSketch;
  /** Folded family names. */
  people: readonly string[];
  year: number | null;
  arxivId: string | null;
  doi: string | null;
}

/** Two papers that may be the same; the higher the score the surer. */
export interface AlikePair {
  a: number;
  b: number;
  reason: string;
  score: number;
}

/** Has the reader said that these are not the same? */
export type IsDifferent = (a: number, b: number) => boolean;

/**
 * With how many of its kind a paper is compared: all there are, nearly always. Where hundreds share
 * a title, a person and a beginning, the rest is left to the links between their neighbours.
 */
const mostCompared = 20;
/** In how many papers of one short title one without authors is still worth a look. */
const fewOfShortTitle = 3;
/** How alike titles must be, and how long, where no author is there to confirm it. */
const surelyAlike = 0.96;
const longTitle = 30;

/** Joins numbers into sets; says whether two were apart before. */
function joiner(): (a: number, b: number) => boolean {
  const parents = new Map<number, number>();
  const rootOf = (key: number): number => {
    let root = key;
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
    for (let at = key; at !== root; ) {
      const up = parents.get(at) ?? root;
      parents.set(at, root);
      at = up;
    }
    return root;
  };
  return (a, b) => {
    const [x, y] = [rootOf(a), rootOf(b)];
    if (x !== y) parents.set(x, y);
    return x !== y;
  };
}

/** Of all pairs the surest ones that connect whatever is connected. */
function spanning(pairs: AlikePair[]): AlikePair[] {
  const join = joiner();
  return pairs.sort((x, y) => y.score - x.score || x.a - y.a || x.b - y.b).filter(({ a, b }) => join(a, b));
}

function pairOf(x: Candidate, y: Candidate, reason: string, score: number): AlikePair {
  return { a: Math.min(x.key, y.key), b: Math.max(x.key, y.key), reason, score };
}

/** Pairs each with the next ones of its list, as `judge` says. */
function pairUp(list: readonly Candidate[], judge: (x: Candidate, y: Candidate) => AlikePair | null): AlikePair[] {
  const pairs: AlikePair[] = [];
  for (const [at, x] of list.entries()) {
    for (const y of list.slice(at + 1, at + 1 + mostCompared)) {
      const pair = judge(x, y);
      if (pair) pairs.push(pair);
    }
  }
  return pairs;
}

function byPerson(papers: readonly Candidate[]): Candidate[][] {
  const lists = new Map<string, Candidate[]>();
  for (const paper of papers) {
    for (const name of paper.people) {
      const list = lists.get(name);
      if (list === undefined) lists.set(name, [paper]);
      else list.push(paper);
    }
  }
  return [...lists.values()].filter(({ length }) => length > 1);
}

function differ(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}

/** Why two papers of the same title, whose authors do not contradict, may be one. */
function sameTitle(x: Candidate, y: Candidate): AlikePair {
  const named = [x, y].filter(({ people }) => people.length > 0).length;
  if (named === 1) return pairOf(x, y, 'The same title; one gives no author', 2.5);
  if (named === 0) return pairOf(x, y, 'The same title; neither gives an author', 2);
  if (differ(x.doi, y.doi)) return pairOf(x, y, 'The same title, but the DOIs differ', 2.8);
  if (differ(x.arxivId, y.arxivId)) return pairOf(x, y, 'The same title, but the arXiv ids differ', 2.7);
  return pairOf(x, y, 'The same title and an author in common', 3);
}

/**
 * Papers of one title that may be the same: those with an author in common, and those without
 * authors. Of a title that says little, what an identifier or a year tells apart is not.
 * @param papers all of one title, in any order
 * @returns pairs that connect all those that may be the same
 */
export function alikeByTitle(papers: readonly Candidate[], isDifferent: IsDifferent): AlikePair[] {
  const sorted = papers.toSorted((x, y) => x.key - y.key);
  const judge = (x: Candidate, y: Candidate): AlikePair | null => {
    if (isDifferent(x.key, y.key)) return null;
    if (x.shortTitle && y.shortTitle) {
      const yearsApart = x.year !== null && y.year !== null && Math.abs(x.year - y.year) > 1;
      if (differ(x.doi, y.doi) || differ(x.arxivId, y.arxivId) || yearsApart) return null;
    }
    return sameTitle(x, y);
  };
  const pairs = byPerson(sorted).flatMap((list) => pairUp(list, judge));
  const few = sorted.length <= fewOfShortTitle;
  for (const nameless of sorted.filter(({ people, shortTitle }) => people.length === 0 && (few || !shortTitle))) {
    const others = sorted.filter(({ key }) => key !== nameless.key).slice(0, mostCompared);
    pairs.push(...others.flatMap((other) => judge(nameless, other) ?? []));
  }
  return spanning(pairs);
}

/**
 * Papers of one block whose titles are nearly the same: with an author in common, or beyond doubt.
 * @param papers all of one block, in any order
 * @returns pairs that connect all those that may be the same
 */
export function alikeByLikeness(papers: readonly Candidate[], isDifferent: IsDifferent): AlikePair[] {
  const sorted = papers.toSorted((x, y) =>
    x.sketch.letters < y.sketch.letters ? -1 : x.sketch.letters > y.sketch.letters ? 1 : x.key - y.key,
  );
  const confirmed = byPerson(sorted).flatMap((list) =>
    pairUp(list, (x, y) => {
      const likeness = titleLikeness(x.sketch, y.sketch);
      if (likeness === 0 || isDifferent(x.key, y.key)) return null;
      return pairOf(x, y, 'Nearly the same title and an author in common', 1 + likeness);
    }),
  );
  const unconfirmed = pairUp(sorted, (x, y) => {
    if (x.people.length > 0 && y.people.length > 0) return null;
    if (Math.min(x.sketch.letters.length, y.sketch.letters.length) < longTitle) return null;
    const likeness = titleLikeness(x.sketch, y.sketch);
    if (likeness < surelyAlike || isDifferent(x.key, y.key)) return null;
    const one = x.people.length > 0 || y.people.length > 0;
    const reason = `Nearly the same title; ${one ? 'one gives no author' : 'neither gives an author'}`;
    return pairOf(x, y, reason, likeness);
  });
  return spanning([...confirmed, ...unconfirmed]);
}
