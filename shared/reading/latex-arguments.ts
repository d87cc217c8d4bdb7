import { matchAt } from './match-at.ts';
import type { Stretch } from './mathematics-spans.ts';

const optional = /(?:[ \t]?\[[^\]\n]{0,100}\]){0,2}[ \t]?(?=\{)/y;
const scriptSign = /[ \t]?[_^][ \t]?/y;
const simpleArgument = /[ \t]?(?:\\[a-zA-Z]{1,30}|[\p{L}\p{N}+*−-])/uy;

/** Finds the groups of a text that is LaTeX here and there, and where arguments of its commands end. */
export class LatexArguments {
  private readonly text: string;
  private readonly braces: ReadonlyMap<number, number>;

  /** @param opaque stretches, in order and apart, in which braces are none */
  constructor(text: string, opaque: readonly Stretch[]) {
    this.text = text;
    this.braces = bracesOf(text, opaque);
  }

  /** Where the group closes that opens at a place; undefined where none does. */
  closing(open: number): number | undefined {
    return this.braces.get(open);
  }

  /** The place behind a command's name where its argument may begin: behind what stands before that in brackets. */
  afterOptional(from: number): number {
    return from + (matchAt(optional, this.text, from)?.[0].length ?? 0);
  }

  /** The end of so many arguments of a command, each in braces, a command itself, or one sign; null where they are not there. */
  afterArguments(from: number, count: number): number | null {
    let to = this.afterOptional(from);
    for (let nth = 0; nth < count; nth += 1) {
      const close = this.braces.get(to);
      const simple = close === undefined ? matchAt(simpleArgument, this.text, to)?.[0] : undefined;
      if (close === undefined && simple === undefined) return null;
      to = close === undefined ? to + (simple?.length ?? 0) : close + 1;
    }
    return to;
  }

  /** The end of what stands above and below something that ends here. */
  afterScripts(body: number): number {
    let to = body;
    for (let scripts = 0; scripts < 3; scripts += 1) {
      const sign = matchAt(scriptSign, this.text, to);
      const after = sign && this.afterArguments(to + sign[0].length, 1);
      if (after === null) break;
      to = after;
    }
    return to;
  }
}

/** The closing brace of each that opens a group within a paragraph; those in `opaque` stretches are no braces. */
function bracesOf(text: string, opaque: readonly Stretch[]): Map<number, number> {
  const pairs = new Map<number, number>();
  if (!text.includes('{')) return pairs;
  let open: number[] = [];
  let skipped = 0;
  for (const match of text.matchAll(/\\[\s\S]|[{}]|\n[ \t\r]*\n/g)) {
    while (skipped < opaque.length && (opaque[skipped]?.to ?? 0) <= match.index) skipped += 1;
    if ((opaque[skipped]?.from ?? Infinity) <= match.index) continue;
    if (match[0] === '{') open.push(match.index);
    else if (match[0].startsWith('\n')) open = [];
    else if (match[0] === '}') {
      const opener = open.pop();
      if (opener !== undefined) pairs.set(opener, match.index);
    }
  }
  return pairs;
}
