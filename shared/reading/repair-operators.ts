import type { Extent } from './repair-reader.ts';
import type { Token } from './repair-tokens.ts';

/** A sign between two terms. */
export interface Operator {
  /** The sign, or the command's name without its backslash. */
  name: string;
  /** Index of the token after it and after the space behind it. */
  next: number;
  /** Whether it closes its term: the sign of `2times faster`. */
  isPostfix: boolean;
  /** Whether there is a space before it, and behind it. */
  spaces: { before: boolean; after: boolean };
  /** Whether its name is no word. */
  isSure: boolean;
  isRelation: boolean;
}

/** What stands on the two sides of an operator. */
export interface Sides {
  left: Extent;
  /** Index of the first token of the left side. */
  leftStart: number;
  right: Extent;
  /** Depth of the brackets around. */
  depth: number;
  /** How many times "times" has stood here in a row, this one included. */
  chained: number;
}

const shortWords =
  /^(?:a|an|and|any|are|as|at|be|but|by|can|did|do|due|e|for|from|get|had|has|he|how|if|in|is|it|its|may|no|non|nor|not|of|off|on|one|or|our|out|own|per|she|so|such|ten|the|to|too|two|up|us|use|via|vs|was|we|who|why|yet|you|see|see|new|old|all|few|top|six|eg|ie|etc|cf|eq|fig|red|low|big|set|map|bit|bits|LLM|RAG|GPT|AI|ML|NLP|CNN|GPU|CPU|RL|API|KG|QA|IR|USA|UK|EU|US)$/i;

/** Whether letters are a word or a name, and no product of variables. */
export function isUnknownWord(letters: string): boolean {
  return letters.length > 3 || (letters.length > 1 && shortWords.test(letters));
}

/** Where dots end that stand for the rest of a list; the same place where there are none. */
export function isDots(tokens: readonly Token[], at: number): number {
  if (tokens[at]?.command?.role === 'dots') return at + 1;
  if (tokens[at]?.text === '…') return at + 1;
  return tokens[at]?.text === '.' && tokens[at + 1]?.text === '.' && tokens[at + 2]?.text === '.' ? at + 3 : at;
}

const signs = /^[=<>+*/:−–×·≤≥≠≈±∈∼→-]$/;

/** The operator at a place, a space before it or not; null where there is none. */
export function operatorBetween(tokens: readonly Token[], at: number): Operator | null {
  const before = tokens[at]?.kind === 'space' && tokens[at]?.text !== '\n';
  const index = before ? at + 1 : at;
  const token = tokens[index];
  if (token === undefined) return null;
  const name = token.kind === 'command' ? token.text.replace('\\', '') : token.text;
  const role = token.command?.role;
  const isDefinition = name === ':' && tokens[index + 1]?.text === '=';
  const isCommand = role === 'relation' || role === 'binary' || role === 'arrow' || isStarOperator(name);
  const isTimesSign = name === 'x' && before && tokens[at - 1]?.kind === 'number';
  if (!isCommand && !isTimesSign && !(token.kind === 'sign' && signs.test(name))) return null;
  let next = index + 1;
  // "<=", ">=", ":="
  if (tokens[next]?.text === '=' && /^[<>:]$/.test(name)) next += 1;
  const after = tokens[next]?.kind === 'space' && tokens[next]?.text !== '\n';
  // "2times faster": what follows is no term of it.
  const isPostfix =
    name === 'times' && !before && tokens[at - 1]?.kind === 'number' && !/^[\w{(\\]/.test(tokens[next]?.text ?? '');
  return {
    name: isDefinition ? '=' : name,
    next: after && !isPostfix ? next + 1 : next,
    isPostfix,
    spaces: { before, after },
    isSure: isCommand && (token.isEscaped || token.command?.isWord === false || name === 'circ'),
    isRelation: role === 'relation' || role === 'arrow' || /^[=<>:≤≥≠≈∈∼→]$/.test(name),
  };
}

function isStarOperator(name: string): boolean {
  return name === 'circ' || name === 'ast' || name === 'star';
}

const isName = (side: Extent): boolean =>
  side.kind === 'letter' || side.kind === 'greek' || side.kind === 'scripted' || side.kind === 'sure';

/**
 * What an operator between two terms proves; null where it is none, but a word or a dash between them.
 * @param tokens of the text
 */
export function canFollow(
  tokens: readonly Token[],
  operator: Operator,
  sides: Sides,
): { proofs: number; hints: number } | null {
  const { left, leftStart, right, depth } = sides;
  const { name, spaces } = operator;
  const isNumeric = left.kind === 'number' && right.kind === 'number';
  const isProven = left.proofs > 0 || right.proofs > 0;
  const start = tokens[operator.next]?.text ?? '';
  if (depth === 0) {
    // A dash, a slash or a colon of the sentence.
    if (/^[-–−+/:*]$/.test(name) && spaces.before !== spaces.after) return null;
    if (/^(?:[:–]|colon)$/.test(name)) return null;
    if (spaces.after && /^[aAI]$/.test(start) && right.kind === 'letter') return null;
    if (
      spaces.before &&
      left.kind === 'letter' &&
      !/^[=<>]$/.test(name) &&
      /^[aI]$/.test(tokens[leftStart]?.text ?? '')
    ) {
      return null;
    }
  }
  if (operator.isSure) return sureOperator(name, sides, isNumeric);
  switch (name) {
    case 'times':
      return timesProves(tokens, operator, sides);
    case 'x':
      return start === '10' && right.kind !== 'number' ? { proofs: 0, hints: 0 } : null;
    case 'pm':
    case 'mp':
      return signOfErrorProves(tokens, operator, sides);
    case 'sim': {
      if (!spaces.before && !spaces.after && isNumeric) return { proofs: 1, hints: 0 };
      if (isNumeric) return null;
      return { proofs: isName(left) && (right.proofs > 0 || right.kind === 'group') ? 1 : 0, hints: 1 };
    }
    case 'in':
    case 'ni': {
      if (!isName(left) && left.proofs === 0) return null;
      const isSet = right.kind === 'group' && /^[[{]$/.test(start) && right.end - operator.next > 3;
      if (depth === 0 && !isSet && isWordIn(tokens, operator, right)) return null;
      return depth > 0 || right.proofs > 0 || isSet || right.kind === 'letter'
        ? { proofs: isSet || (right.proofs > 0 && left.kind !== 'number') ? 1 : 0, hints: 1 }
        : null;
    }
    case 'to':
    case 'gets':
      if (start === 'infty' || start === '+' || start === '-') return { proofs: right.proofs > 0 ? 1 : 0, hints: 1 };
      return depth > 0 || (isName(left) && start === '0') ? { proofs: 0, hints: 1 } : null;
    case 'iff':
    case 'implies':
    case 'wedge':
    case 'land':
    case 'lor':
    case 'parallel':
    case 'mid':
    case 'equiv':
    case 'div':
    case 'prec':
    case 'succ':
    case 'le':
    case 'ge':
    case 'ne':
    case 'ast':
    case 'star':
      return isNumeric && depth === 0 ? null : { proofs: 0, hints: 1 };
  }
  // alpha = 0.05
  const isGreek = left.kind === 'greek' || right.kind === 'greek';
  const proves = isGreek && /^[=<>≤≥]$/.test(name) && !isUnknownGreek(tokens, left, leftStart, right, operator.next);
  if (proves) return { proofs: 1, hints: 1 };
  if (isNumeric || (!operator.isRelation && !isProven)) return { proofs: 0, hints: 0 };
  return { proofs: 0, hints: /^[=<>≤≥]$/.test(name) && isName(left) ? 2 : 1 };
}

const measures =
  /^(?:times?|steps?|rounds?|iterations?|epochs?|dimensions?|dimensional|queries|bits?|qubits?|norms?|distances?|metrics?|seconds|hours|days|years|stages|passes)$/;

/** Whether "in" is the word: "x_i in d dimensions", "O(n log n) in T time", "rate mathcal{O}(1/n) in L_2 norm". */
function isWordIn(tokens: readonly Token[], { next }: Operator, right: Extent): boolean {
  const start = tokens[next];
  if (start?.kind === 'word' && /^[a-z]$/.test(start.text) && right.kind === 'letter') return true;
  const gap = tokens[right.end];
  return (gap?.kind === 'space' || /^[-‐‑]$/.test(gap?.text ?? '')) && measures.test(tokens[right.end + 1]?.text ?? '');
}

/** Capital letters, whose names are those of products and people, too. */
function isUnknownGreek(
  tokens: readonly Token[],
  left: Extent,
  leftStart: number,
  right: Extent,
  rightStart: number,
): boolean {
  const name = tokens[left.kind === 'greek' ? leftStart : rightStart]?.text ?? '';
  const other = left.kind === 'greek' ? right : left;
  return (/^[A-Z]/.test(name) && name !== 'Delta') || other.kind === 'operator';
}

function sureOperator(name: string, sides: Sides, isNumeric: boolean): { proofs: number; hints: number } | null {
  const isStatement = /^(?:ll|gg|subset|supset|perp|circ|bullet|models|cong)$/.test(name);
  if (isNumeric && isStatement && sides.depth === 0) return null;
  return { proofs: 1, hints: 1 };
}

function timesProves(
  tokens: readonly Token[],
  operator: Operator,
  { left, leftStart, right, chained, depth }: Sides,
): { proofs: number; hints: number } | null {
  const { spaces } = operator;
  const [first, second] = [tokens[leftStart]?.text ?? '', tokens[operator.next]?.text ?? ''];
  if (!spaces.before && !spaces.after) return { proofs: 1, hints: 1 };
  if (left.proofs > 0 || right.proofs > 0 || depth > 0) return { proofs: 0, hints: 1 };
  if (left.kind === 'number' && right.kind === 'number') {
    if (chained > 1 || (first === second && first.length > 1) || continues(tokens, right.end))
      return { proofs: 1, hints: 1 };
    return null;
  }
  if (left.kind === 'letter' && right.kind === 'letter' && first.length + second.length === 2) {
    return { proofs: 1, hints: 1 };
  }
  // "SU(2) times U(1)"
  if (left.kind === 'group' && right.kind === 'group' && /^[A-Z]/.test(first) && /^[A-Z]/.test(second)) {
    return { proofs: 1, hints: 1 };
  }
  return { proofs: 0, hints: 1 };
}

/** Whether "times" and a number follow once more. */
function continues(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.kind === 'space' && tokens[at + 1]?.text === 'times' && tokens[at + 3]?.kind === 'number';
}

function signOfErrorProves(
  tokens: readonly Token[],
  operator: Operator,
  { left, leftStart, right, depth }: Sides,
): { proofs: number; hints: number } | null {
  const { spaces } = operator;
  const [first, second] = [tokens[leftStart]?.text ?? '', tokens[operator.next]?.text ?? ''];
  const isNumeric = left.kind === 'number' && right.kind === 'number';
  if (!spaces.before && !spaces.after) return { proofs: 1, hints: 1 };
  if (isNumeric) {
    // "at 3 pm 5 people": a time of the day has no decimals.
    const isMeasured = (first.includes('.') && second.includes('.')) || (depth > 0 && !isTime(first));
    const isShare = tokens[right.end - 1]?.text === '%' && !isTime(first);
    return isMeasured || isShare ? { proofs: 1, hints: 1 } : null;
  }
  if (left.kind === 'greek' || right.kind === 'greek' || left.proofs > 0 || right.proofs > 0)
    return { proofs: 1, hints: 1 };
  return left.kind === 'number' ? null : { proofs: 0, hints: 1 };
}

function isTime(number: string): boolean {
  return /^\d{1,2}$/.test(number) && Number(number) <= 24;
}

/** A sign before the first term; null where there is none. */
export function opensWith(
  tokens: readonly Token[],
  start: number,
  isInside: boolean,
): { next: number; isCommand: boolean } | null {
  const token = tokens[start];
  if (token === undefined) return null;
  const isSpaced = tokens[start + 1]?.kind === 'space' && tokens[start + 1]?.text !== '\n';
  if (/^[-+−~±]$/.test(token.text)) {
    return isInside || token.text === '±' || (token.text !== '~' && opensNumber(tokens, start))
      ? { next: start + 1, isCommand: false }
      : null;
  }
  const role = token.command?.role;
  if (role !== 'relation' && role !== 'binary' && role !== 'arrow' && token.text !== 'neg') return null;
  return { next: isSpaced ? start + 2 : start + 1, isCommand: true };
}

/** Whether a minus is of the number behind it: "-5" after a space, not the dash of a list. */
function opensNumber(tokens: readonly Token[], start: number): boolean {
  const before = tokens[start - 1];
  const opens = before === undefined || before.kind === 'space' || /^[([,=]$/.test(before.text);
  const after = tokens[start + 1]?.kind;
  return opens && (after === 'number' || after === 'command');
}

/** Whether a sign before a term can be nothing else: `approx 10`, `sim10`, `(pm 0.3)`, `leq 5`. */
export function prefixProves(tokens: readonly Token[], start: number, next: number, term: Extent): boolean {
  const token = tokens[start];
  const name = token?.text.replace('\\', '') ?? '';
  if (token === undefined || token.kind !== 'command') return false;
  if (token.isEscaped) return true;
  const isSpaced = next === start + 2;
  const before = tokens[start - 1]?.text ?? '';
  const after = tokens[next + 1]?.text ?? '';
  const isNumber = tokens[next]?.kind === 'number';
  if (/^(?:approx|leq|geq|neq|lesssim|gtrsim|simeq|leqslant|geqslant|cong|gg)$/.test(name))
    return isNumber || isGreekTerm(term);
  if (name === 'll') return isNumber && before === '(';
  if (name === 'sim' && isNumber)
    return isSpaced ? before === '(' : before !== '-' && (after === 'times' || !/^[A-Za-z]{2}/.test(after));
  if (name === 'pm' && isNumber) return before === '(' || (!isSpaced && (tokens[next]?.text.includes('.') ?? false));
  if (/^(?:up|down)arrow$/.test(name)) return isNumber;
  return name === 'times' && isNumber && before === '(';
}

function isGreekTerm(term: Extent): boolean {
  return term.kind === 'greek' || term.proofs > 0;
}
