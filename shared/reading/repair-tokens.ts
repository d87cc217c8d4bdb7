import type { Stretch } from './mathematics-spans.ts';
import { type Command, commandOf, partsOfLetters } from './repair-commands.ts';

/** The kinds of parts that a text with damaged mathematics is cut into. */
export type TokenKind = 'word' | 'command' | 'number' | 'space' | 'sign' | 'kept';

/** A part of a text with damaged mathematics. */
export interface Token {
  kind: TokenKind;
  text: string;
  from: number;
  to: number;
  /** For a command: what it is. */
  command: Command | null;
  /** Whether its backslash is still there. */
  isEscaped: boolean;
  /** Index of the bracket that closes or opens this one; -1 where there is none. */
  partner: number;
  /** For an opening brace: whether it holds what belongs to the command, `_` or `^` before it, as in LaTeX. */
  isArgument: boolean;
}

const part =
  /(?<command>\\[A-Za-z]+)|(?<escaped>\\[^A-Za-z])|(?<letters>[A-Za-z]+|\p{Script=Greek})|(?<number>\d{1,3}(?:,\d{3})+(?![\d,])|\d+(?:\.\d+)?)|(?<space>[^\S\n]+|\n)|(?<sign>[\s\S])/gu;

/**
 * Stretches that are names of things, not mathematics, however they look: addresses of people and machines, mentions,
 * tags, files, folders, options, and code. Each starts where a word starts and has no repetition within another.
 */
const names = new RegExp(
  [
    String.raw`(?<![A-Za-z])(?:https?|ftp|file)://\S+`,
    String.raw`\\(?:cite[a-z]*|ref|eqref|label|url|href|bibitem|includegraphics|texttt|verb)\*?\{[^{}]{0,300}\}`,
    String.raw`(?<![\w.@-])[A-Za-z][\w-]{0,60}(?:\.[A-Za-z][\w-]{0,60})+[/:]\S+`,
    // Statements of programs.
    String.raw`\b(?:const|let|var)\s+\w{1,60}\s*=[^;\n]{0,300};(?:\s*(?:const|let|var)\s[^;\n]{0,300};)*`,
    String.raw`\bSELECT\s[^;\n]{0,300}\sFROM\s[^;\n]{0,300}`,
    String.raw`(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*`,
    String.raw`(?<![\w&])[#@][A-Za-z_][\w.-]*`,
    String.raw`(?<![\w.~/)}\]-])(?:~|\.{1,2})?/[\w.-]{2,}(?:/[\w.-]*)*`,
    String.raw`(?<![\w.-])[A-Za-z]:\\[^\s"<>|]+`,
    // A name of several words or of one of many letters, joined by underscores, with what follows it in code.
    String.raw`(?<![\w{}^\\])_{0,3}[A-Za-z]\w{0,99}(?:\.\w{1,40}){0,9}(?:\(\)|::\w+)`,
    String.raw`(?<![\w-])--[a-z]+[_-][\w-]*`,
    String.raw`(?<![\w.{}^-])[\w-]{1,100}\.(?:py|ipynb|js|ts|tsx|c|cc|cpp|h|hpp|rs|go|java|jl|txt|csv|tsv|json|jsonl|yaml|yml|toml|md|pdf|png|jpg|jpeg|svg|gif|zip|gz|tar|html|xml|tex|bib|sh|exe|dll|so|pt|pth|ckpt|bin|npy|npz|h5|onnx|gguf|safetensors|parquet|sql|db|cfg|ini|log|wav|mp3|mp4|com|org|net|io|ai|edu)(?![\w(])`,
    String.raw`</?[A-Za-z][\w-]{0,20}(?:\s+[\w-]{1,40}=[^<>\n]{0,200})?/?>`,
    '```[^`]{0,2000}```',
    "(?<![`\\\\])`[^`'\\n]{1,200}`(?!`)",
  ].join('|'),
  'g',
);

/** The names in a text that are left alone, in order. */
export function namesIn(text: string): Stretch[] {
  return Array.from(text.matchAll(names), (match) => ({ from: match.index, to: match.index + match[0].length }));
}

/**
 * Cuts a text into tokens that cover it.
 * @param kept stretches that become one token each, in order; where two overlap, the first counts
 */
export function tokensOf(text: string, kept: readonly Stretch[]): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const stretch of kept) {
    if (stretch.from < at) continue;
    cut(text, at, stretch.from, tokens);
    tokens.push(token('kept', text.slice(stretch.from, stretch.to), stretch.from));
    at = stretch.to;
  }
  cut(text, at, text.length, tokens);
  pairUp(tokens);
  return tokens;
}

function token(kind: TokenKind, text: string, from: number, command: Command | null = null, isEscaped = false): Token {
  return { kind, text, from, to: from + text.length, command, isEscaped, partner: -1, isArgument: false };
}

function cut(text: string, from: number, to: number, tokens: Token[]): void {
  for (const match of text.slice(from, to).matchAll(part)) {
    const { command, letters, number, space } = match.groups ?? {};
    const at = from + match.index;
    if (command !== undefined) {
      const named = commandOf(command.slice(1)) ?? null;
      // Commands of text, which stand outside of formulas, too, are no damage.
      const meaning = named?.role === 'words' ? null : named;
      tokens.push(token(meaning ? 'command' : 'sign', command, at, meaning, true));
    } else if (letters !== undefined) {
      let start = at;
      for (const piece of partsOfLetters(letters)) {
        const meaning = commandOf(piece) ?? null;
        tokens.push(token(meaning ? 'command' : 'word', piece, start, meaning));
        start += piece.length;
      }
    } else tokens.push(token(number !== undefined ? 'number' : space !== undefined ? 'space' : 'sign', match[0], at));
  }
}

const closers: Record<string, string> = { '(': ')', '[': ']', '{': '}' };

/** Finds the bracket that belongs to each; half-open intervals close with the other kind. None spans a line. */
function pairUp(tokens: readonly Token[]): void {
  let open: number[] = [];
  tokens.forEach((token, index) => {
    if (token.text === '\n') open = [];
    if (token.kind !== 'sign') return;
    if (closers[token.text] !== undefined) {
      open.push(index);
      token.isArgument = token.text === '{' && takesArgument(tokens, index);
    } else if (/^[)\]}]$/.test(token.text)) {
      const opener = tokens[open.at(-1) ?? -1];
      if (opener === undefined || (opener.text === '{') !== (token.text === '}')) {
        open = [];
        return;
      }
      token.partner = open.pop() ?? -1;
      token.isArgument = opener.isArgument;
      opener.partner = index;
    }
  });
}

const rolesWithArgument = new Set(['font', 'words', 'accent', 'fraction', 'root', 'operator', 'big']);

function takesArgument(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  if (before === undefined) return false;
  if (before.text === '_' || before.text === '^') return true;
  if (before.command !== null) return rolesWithArgument.has(before.command.role);
  const opener = tokens[before.partner];
  const owner = tokens[before.partner - 1];
  if (opener === undefined || owner?.command === undefined || owner.command === null) return false;
  if (before.text === '}') return opener.isArgument && owner.command.role === 'fraction';
  return before.text === ']' && owner.command.role === 'root';
}
