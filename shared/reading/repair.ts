import { keptStretches } from './kept-stretches.ts';
import { longestMathematics, mathematicsIn, type Stretch } from './mathematics-spans.ts';
import { mayBeDamaged } from './may-be-damaged.ts';
import { ExtentFinder } from './repair-extent.ts';
import { latexOf } from './repair-latex.ts';
import { powerOfName } from './repair-powers.ts';
import type { Extent } from './repair-reader.ts';
import { symbolAlone } from './repair-symbols.ts';
import { namesIn, type Token, tokensOf } from './repair-tokens.ts';

/** A stretch of a text that was mathematics before its backslashes and dollars were lost. */
export interface Damaged {
  /** First UTF-16 unit of the stretch in the stored text. */
  from: number;
  /** The unit after its last. */
  to: number;
  /** What was meant, as LaTeX without delimiters. */
  latex: string;
}

/**
 * The stretches of a title or abstract that lost its backslashes and dollars, as captures of web pages do, with the
 * LaTeX that was meant: `0.45pm0.15`, `mathcal{O}(nlog n)`, `m gg n`, `nu^1`, `64times64`. A word is only touched where
 * it stands as mathematics does; letters and Greek names that stand alone only in a text that is otherwise damaged and
 * has the same in a formula. A text with LaTeX between its marks is sound, and nothing in it is repaired.
 * @param look told how many places were looked at, in a test
 * @returns the stretches in order, none overlapping, in UTF-16 units of the text; empty where it is sound. Never throws;
 * linear in the text
 */
export function damagedMathematics(source: string, look: (places: number) => void = () => {}): Damaged[] {
  if (!mayBeDamaged(source)) return [];
  const kept = keptStretches(source);
  if (mathematicsIn(source, kept).length > 0) return [];
  const names = [...kept, ...namesIn(source)].sort((one, other) => one.from - other.from || other.to - one.to);
  const tokens = tokensOf(source, names);
  const certain = stretchesOf(tokens, null, look);
  if (certain.length === 0) return [];
  return stretchesOf(tokens, new Set(certain.flatMap((found) => found.symbols)), look).map(
    ({ from, to, start, end, latex }) => ({
      from,
      to,
      latex: latex ?? latexOf(tokens, start, end),
    }),
  );
}

interface Found extends Stretch {
  start: number;
  end: number;
  symbols: readonly string[];
  latex?: string;
}

/**
 * @param known the variables of the text where it is known to be damaged, else null: then only what is certain by itself
 */
function stretchesOf(
  tokens: readonly Token[],
  known: ReadonlySet<string> | null,
  look: (places: number) => void,
): Found[] {
  const finder = new ExtentFinder(tokens);
  const found: Found[] = [];
  for (let start = 0; start < tokens.length; ) {
    const token = tokens[start] as Token;
    const sign = tokens[start + 1]?.text;
    const power = powerOfName(tokens, token.kind === 'word' && (sign === '^' || sign === '_') ? start + 1 : start);
    if (power) {
      const at = power.end > start + 1 && token.kind === 'word' ? start + 1 : start;
      found.push({ from: tokens[at]?.from ?? 0, to: tokens[power.end - 1]?.to ?? 0, start: at, symbols: [], ...power });
      start = power.end;
      continue;
    }
    if (isArrowAlone(tokens, start)) {
      found.push({ from: token.from, to: token.to, start, end: start + 1, symbols: [] });
      start += 1;
      continue;
    }
    const extent = token.kind === 'space' || token.kind === 'kept' ? null : finder.from(start);
    // What is longer than any formula was never one; nor is what begins later in it.
    if (extent && (tokens[extent.end - 1]?.to ?? 0) - token.from > longestMathematics) {
      start = extent.end;
      continue;
    }
    const end = extent && isMathematics(tokens, start, extent, known) ? extent.end : -1;
    if (extent === null || end === -1) {
      start += 1;
      continue;
    }
    const [from, last] = unbracketed(tokens, start, end, extent);
    found.push({
      from: tokens[from]?.from ?? 0,
      to: tokens[last - 1]?.to ?? 0,
      start: from,
      end: last,
      symbols: extent.symbols,
    });
    start = end;
  }
  look(tokens.length + finder.places);
  return found;
}

function isMathematics(
  tokens: readonly Token[],
  start: number,
  extent: Extent,
  known: ReadonlySet<string> | null,
): boolean {
  if (!startsApart(tokens, start) || !endsApart(tokens, extent.end)) return false;
  if (extent.proofs > 0 || isTuple(tokens, start, extent)) return true;
  if (known === null) return false;
  return extent.end === start + 1
    ? symbolAlone(tokens, start, known)
    : extent.hints > 1 || (extent.hints > 0 && hasKnown(extent, known));
}

/** "text rightarrow image": not the key of a keyboard. */
function isArrowAlone(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token?.command?.role !== 'arrow' || token.command.isWord || token.text === 'mapsto') return false;
  const isSpaced = (index: number) => tokens[index] === undefined || /^[\s(),.;:]$/.test(tokens[index]?.text ?? '');
  const neighbours = `${tokens[at - 2]?.text ?? ''} ${tokens[at + 2]?.text ?? ''}`;
  return isSpaced(at - 1) && isSpaced(at + 1) && !/\b(?:the|a|an|press|key|keys|button|icon)\b/i.test(neighbours);
}

/** "(epsilon, delta)-private" */
function isTuple(tokens: readonly Token[], start: number, extent: Extent): boolean {
  const inside = tokens.slice(start + 1, extent.end - 1);
  return (
    extent.kind === 'group' &&
    tokens[start]?.text === '(' &&
    /^[-‐‑]$/.test(tokens[extent.end]?.text ?? '') &&
    inside.some((token) => token.text === ',') &&
    inside.some((token) => token.command?.role === 'greek' || token.text === 'ell')
  );
}

function hasKnown(extent: Extent, known: ReadonlySet<string>): boolean {
  return extent.symbols.some((symbol) => known.has(symbol));
}

/** Whether a word may start here: it is not the rest of one, nor of a name. */
function startsApart(tokens: readonly Token[], start: number): boolean {
  const before = tokens[start - 1];
  if (before === undefined || before.kind === 'space') return true;
  if (before.kind === 'sign') {
    if (/^[_^\\@#$&\p{L}\p{N}\p{M}]/u.test(before.text)) return false;
    const further = tokens[start - 2]?.kind;
    // "IL-1beta", "PGC-1alpha": a number behind the hyphen of a name.
    if (/^[-‐‑]$/.test(before.text) && further === 'word' && tokens[start]?.kind === 'number') {
      return tokens[start + 1]?.command?.role !== 'greek';
    }
    return before.text !== '.' || (further !== 'word' && further !== 'number');
  }
  return false;
}

/** Whether what was found ends where a word ends. */
function endsApart(tokens: readonly Token[], end: number): boolean {
  const after = tokens[end];
  if (after === undefined || after.kind === 'space') return true;
  if (after.kind === 'kept') return false;
  if (after.kind !== 'sign')
    return /^[)\]}|]$/.test(tokens[end - 1]?.text ?? '') && after.kind === 'word' && after.text.length > 2;
  if (/^[_^$\p{L}\p{N}\p{M}]/u.test(after.text)) return false;
  const further = tokens[end + 1];
  // "x_{i}.png"
  return after.text !== '.' || further === undefined || !/^[a-z]/.test(further.text);
}

/** Without the brackets of the sentence: "(approx 10)" is 10 in brackets, "(x_i, y_i)" a pair. */
function unbracketed(tokens: readonly Token[], start: number, end: number, extent: Extent): [number, number] {
  if (tokens[start]?.text !== '(' || tokens[start]?.partner !== end - 1 || extent.kind !== 'group') return [start, end];
  const inside = tokens.slice(start + 1, end - 1);
  let depth = 0;
  for (const token of inside) {
    if (/^[([{]$/.test(token.text)) depth += 1;
    if (/^[)\]}]$/.test(token.text)) depth -= 1;
    if (token.text === ',' && depth === 0) return [start, end];
  }
  return [start + 1, end - 1];
}
