import type { Node } from 'mdast';
import type { Extension } from 'mdast-util-from-markdown';
import type { gfmTable } from 'micromark-extension-gfm-table';
import { keptStretches } from '../../shared/reading/kept-stretches.ts';
import { type MathematicsSpan, mathematicsIn, type Stretch } from '../../shared/reading/mathematics-spans.ts';
import { useMathematics } from '../mathematics/use-mathematics.ts';

/** A formula in the tree of a note. */
export interface FormulaNode extends Node {
  type: 'formula';
  span: MathematicsSpan;
}

declare module 'mdast' {
  interface PhrasingContentMap {
    formula: FormulaNode;
  }
  interface RootContentMap {
    formula: FormulaNode;
  }
}

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    formula: 'formula';
    formulaLine: 'formulaLine';
  }
}

type Syntax = ReturnType<typeof gfmTable>;
type Construct = Exclude<NonNullable<NonNullable<Syntax['text']>[number]>, readonly unknown[]>;

const fences = /^ {0,3}(?<fence>`{3,}|~{3,})[^\n]*\n(?:[\s\S]*?\n)?(?: {0,3}\k<fence>[`~]*[ \t]*$|(?![\s\S]))/gm;

/**
 * The formulas of a note, by the rules for titles and abstracts: money stays money, and so does what is in code.
 */
export function formulasIn(source: string): MathematicsSpan[] {
  if (!/[$\\]/.test(source)) return [];
  const blocks: Stretch[] = Array.from(source.matchAll(fences), ({ index, 0: block }) => ({
    from: index,
    to: index + block.length,
  }));
  return mathematicsIn(source, keptStretches(source)).filter(
    (span) => !blocks.some((block) => block.from < span.to && block.to > span.from),
  );
}

/**
 * Lets the parser take the formulas of a note whole, whatever Markdown would make of the signs in them: within a line,
 * and as lines of their own.
 */
export function formulaSyntax(source: string): { syntax: Syntax; tree: Extension } {
  const byStart = new Map(formulasIn(source).map((span) => [span.from, span]));
  const construct = (ownLines: boolean): Construct => ({
    name: 'formula',
    concrete: ownLines,
    tokenize(effects, ok, nok) {
      const here = () => this.now().offset;
      const span = byStart.get(here());
      /** Without what a quotation or a list puts before each line. */
      let lines: string[] = [];
      const isLineEnd = (code: Parameters<typeof ok>[0]) => code !== null && code < -2;
      const lineStart: typeof ok = (code) => {
        if (span && here() >= span.to) return end(code);
        if (code === null || (ownLines && this.parser.lazy[this.now().line])) return nok(code);
        if (isLineEnd(code)) return lineEnd(code);
        effects.enter('formulaLine');
        return inside(code);
      };
      const inside: typeof ok = (code) => {
        const isOver = span !== undefined && here() >= span.to;
        if (isOver || code === null || isLineEnd(code)) {
          lines.push(this.sliceSerialize(effects.exit('formulaLine')));
          return isOver ? end(code) : isLineEnd(code) ? lineEnd(code) : nok(code);
        }
        effects.consume(code);
        return inside;
      };
      const lineEnd: typeof ok = (code) => {
        effects.enter('lineEnding');
        effects.consume(code);
        effects.exit('lineEnding');
        return lineStart;
      };
      const end: typeof ok = (code) => {
        effects.exit('formula');
        if (span && lines.length > 1) byStart.set(span.from, { ...span, latex: latexOf(source, span, lines) });
        return ownLines ? after(code) : ok(code);
      };
      // What follows on the line makes it a part of a paragraph.
      const after: typeof ok = (code) => (code === null || isLineEnd(code) ? ok(code) : nok(code));
      return (code) => {
        if (!span || (ownLines && !span.display)) return nok(code);
        effects.enter('formula');
        lines = [];
        return lineStart(code);
      };
    },
  });
  const [dollar, backslash] = [36, 92];
  const [within, alone] = [construct(false), construct(true)];
  return {
    syntax: {
      flow: { [dollar]: alone, [backslash]: alone },
      text: { [dollar]: within, [backslash]: within },
    },
    tree: {
      enter: {
        formula(token) {
          const span = byStart.get(token.start.offset);
          if (span) this.enter({ type: 'formula', span }, token);
        },
      },
      exit: {
        formula(token) {
          this.exit(token);
        },
      },
    },
  };
}

/** The LaTeX of a formula whose lines are these, without its marks. */
function latexOf(source: string, { from, to, latex }: MathematicsSpan, lines: readonly string[]): string {
  const before = source.slice(from, to).indexOf(latex);
  const after = to - from - before - latex.length;
  const written = lines.join('\n');
  return written.slice(before, written.length - after).trim();
}

/** A formula of a note, set; as it is written until what that needs is loaded. */
export function FormulaInNote({ span, written }: { span: MathematicsSpan; written: string }) {
  const tools = useMathematics(true);
  if (tools === null) return written;
  return <tools.Mathematics latex={span.latex} display={span.display} written={written} />;
}
