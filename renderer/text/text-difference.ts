import { diffArrays } from 'diff';

/** A piece of two texts that are compared: in both of them, or in the one or the other only. */
export interface DifferencePiece {
  text: string;
  in: 'both' | 'older' | 'newer';
}

/** A place where what is the same in both texts was left out. */
export interface Gap {
  in: 'gap';
  /** What was left out. */
  text: string;
}

/** Most words, and after that most lines, that two texts may differ by until they count as different altogether. */
const mostChanges = 1000;

const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/**
 * Two texts as one row of pieces, word by word: those in `both` and `older` make up the older text, those in
 * `both` and `newer` the newer one. Where they differ, what is older stands before what is newer. Texts that
 * differ by very many words are compared line by line, and beyond that count as different from end to end.
 */
export function textDifference(older: string, newer: string): DifferencePiece[] {
  const changes = changesOf(older, newer, wordsOf) ?? changesOf(older, newer, linesOf);
  return joined(
    changes ?? [
      { text: older, in: 'older' },
      { text: newer, in: 'newer' },
    ],
  );
}

const wordsOf = (text: string) => Array.from(words.segment(text), ({ segment }) => segment);
const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+/g) ?? [];

function changesOf(older: string, newer: string, parts: (text: string) => string[]): DifferencePiece[] | null {
  const changes = diffArrays(parts(older), parts(newer), { maxEditLength: mostChanges });
  if (!changes) return null;
  return changes.map(({ value, added, removed }) => ({
    text: value.join(''),
    in: added ? 'newer' : removed ? 'older' : 'both',
  }));
}

/** Changes with nothing but space between them are one change: so a reader would say it. */
function joined(changes: readonly DifferencePiece[]): DifferencePiece[] {
  const pieces: DifferencePiece[] = [];
  let [older, newer] = ['', ''];
  const flush = () => {
    if (older !== '') pieces.push({ text: older, in: 'older' });
    if (newer !== '') pieces.push({ text: newer, in: 'newer' });
    [older, newer] = ['', ''];
  };
  for (const [at, change] of changes.entries()) {
    const isBetween = older !== '' || newer !== '' ? at < changes.length - 1 : false;
    if (change.in === 'older') older += change.text;
    else if (change.in === 'newer') newer += change.text;
    else if (isBetween && /^[^\S\n]+$/.test(change.text)) {
      older += change.text;
      newer += change.text;
    } else {
      flush();
      if (change.text !== '') pieces.push(change);
    }
  }
  flush();
  return pieces;
}

/**
 * A difference with only some of what is the same around each change, cut between words.
 * @param around characters that stay before and after a change, about
 */
export function withGaps(pieces: readonly DifferencePiece[], around: number): (DifferencePiece | Gap)[] {
  return pieces.flatMap((piece, at): (DifferencePiece | Gap)[] => {
    if (piece.in !== 'both') return [piece];
    const { text } = piece;
    const head = at === 0 ? 0 : endOfWord(text, around);
    const tail = at === pieces.length - 1 ? text.length : startOfWord(text, text.length - around);
    // What would be spared must be worth the place that its sign takes.
    if (tail - head < around / 2) return [piece];
    const kept = (part: string): DifferencePiece[] => (part === '' ? [] : [{ text: part, in: 'both' }]);
    return [...kept(text.slice(0, head)), { in: 'gap', text: text.slice(head, tail) }, ...kept(text.slice(tail))];
  });
}

function endOfWord(text: string, from: number): number {
  const space = text.slice(from).search(/\s/);
  return space < 0 || space > 40 ? Math.min(onBoundary(text, from), text.length) : from + space;
}

function startOfWord(text: string, from: number): number {
  if (from <= 0) return 0;
  const before = text.slice(Math.max(0, from - 40), from);
  const space = before.search(/\S*$/);
  return space === 0 ? onBoundary(text, from) : from - (before.length - space);
}

/** A place that splits no character that takes two units. */
function onBoundary(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}
