/** A value bound to a `?`. */
export type Parameter = string | number;

/** Rows that an index has in the order of papers' keys, so that any key is found at once: SQL of a `FROM` and a `WHERE`. */
export interface KeyedRows {
  from: string;
  /** The column that holds the paper's key. */
  key: string;
  where: string;
  parameters: readonly Parameter[];
}

/** A condition on a row of `list`, as `l`. */
export interface RowFilter {
  sql: string;
  parameters: readonly Parameter[];
}

/** Papers, told by how to find them. */
export type KeySet =
  | { kind: 'none' }
  | { kind: 'every' }
  /**
   * What matches an FTS5 expression, in the index of papers or in that of notes. `merged` says that
   * it has a beginning of words which the index has to put together from all the words, each time anew.
   * `depth` is how deep its parentheses are nested.
   */
  | { kind: 'words'; table: 'search' | 'notes'; match: string; merged: boolean; depth: number }
  | { kind: 'rows'; rows: KeyedRows }
  /**
   * What an index has in another order: gathered when it is little; else, when what is left is little,
   * all but that (`others`, in parts; none when they are not known); else every paper is looked at.
   */
  | { kind: 'gathered'; rows: KeyedRows; filter: RowFilter; others: readonly KeyedRows[] }
  | { kind: 'and'; of: readonly KeySet[] }
  | { kind: 'or'; of: readonly KeySet[] }
  | { kind: 'without'; all: KeySet; but: KeySet };

type Words = Extract<KeySet, { kind: 'words' }>;

/** FTS5 refuses expressions that are nested a hundred times. */
const deepest = 40;

/** No papers. */
export const none: KeySet = { kind: 'none' };
/** All papers. */
export const every: KeySet = { kind: 'every' };

/** True for words that may become part of a larger expression. */
function isWords(set: KeySet): set is Words {
  return set.kind === 'words' && set.depth < deepest;
}

function joined(words: readonly Words[], operator: 'AND' | 'OR'): Words {
  const [first] = words;
  if (!first) throw new Error('no words to join');
  if (words.length === 1) return first;
  return {
    ...first,
    match: [...new Set(words.map(({ match }) => match))].map((match) => `(${match})`).join(` ${operator} `),
    merged: words.some(({ merged }) => merged),
    depth: Math.max(...words.map(({ depth }) => depth)) + 1,
  };
}

/** FTS5 puts together what stands in one of its indices ten times as quickly as it can be done outside. */
function joinWords(sets: readonly KeySet[], operator: 'AND' | 'OR'): KeySet[] {
  const tables = Map.groupBy(sets.filter(isWords), ({ table }) => table);
  return [...Array.from(tables.values(), (words) => joined(words, operator)), ...sets.filter((set) => !isWords(set))];
}

/** Papers that are in all of `sets`. */
export function common(sets: readonly KeySet[]): KeySet {
  const parts = sets.flatMap((set) => (set.kind === 'and' ? set.of : [set])).filter(({ kind }) => kind !== 'every');
  if (parts.some(({ kind }) => kind === 'none')) return none;
  const buts = parts.flatMap((set) => (set.kind === 'without' ? [set.but] : []));
  // What is left out is left out last, so that as few as possible have to be looked at for it.
  if (buts.length > 0) {
    return without(common(parts.map((set) => (set.kind === 'without' ? set.all : set))), united(buts));
  }
  const of = joinWords(parts, 'AND');
  return of.length <= 1 ? (of[0] ?? every) : { kind: 'and', of };
}

/** Papers that are in any of `sets`. */
export function united(sets: readonly KeySet[]): KeySet {
  const parts = sets.flatMap((set) => (set.kind === 'or' ? set.of : [set])).filter(({ kind }) => kind !== 'none');
  if (parts.some(({ kind }) => kind === 'every')) return every;
  const of = joinWords(parts, 'OR');
  return of.length <= 1 ? (of[0] ?? none) : { kind: 'or', of };
}

/** Papers that are in one and not in the other. */
export function without(all: KeySet, but: KeySet): KeySet {
  if (but.kind === 'none' || all.kind === 'none') return all;
  if (but.kind === 'every') return none;
  if (isWords(all) && isWords(but) && all.table === but.table) {
    const match = `(${all.match}) NOT (${but.match})`;
    return { ...all, match, merged: all.merged || but.merged, depth: Math.max(all.depth, but.depth) + 1 };
  }
  // What is left of papers in common: the words among them can do that by themselves.
  if (all.kind === 'and' && isWords(but)) {
    const index = all.of.findIndex((set) => isWords(set) && set.table === but.table);
    const words = all.of[index];
    if (words) return { kind: 'and', of: all.of.with(index, without(words, but)) };
  }
  return { kind: 'without', all, but };
}

/** Papers told by which they are, or by which they are not. */
export interface Told {
  set: KeySet;
  isOpposite: boolean;
}

/** Papers for which all of several hold. */
export function allTold(parts: readonly Told[]): Told {
  const wanted = parts.filter(({ isOpposite }) => !isOpposite).map(({ set }) => set);
  const unwanted = united(parts.filter(({ isOpposite }) => isOpposite).map(({ set }) => set));
  if (wanted.length === 0) return { set: unwanted, isOpposite: true };
  return { set: without(common(wanted), unwanted), isOpposite: false };
}

/** The opposite of what is told. */
export function opposite({ set, isOpposite }: Told): Told {
  return { set, isOpposite: !isOpposite };
}

/** Papers for which any of several holds. */
export function anyTold(parts: readonly Told[]): Told {
  return opposite(allTold(parts.map(opposite)));
}

/** The papers themselves. */
export function setOf({ set, isOpposite }: Told): KeySet {
  return isOpposite ? without(every, set) : set;
}
