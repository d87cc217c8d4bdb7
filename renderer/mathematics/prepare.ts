import { numberLatex, unitLatex } from './units.ts';

/** LaTeX between dollars has no line of its own: these environments become what they are within a line. */
const within: ReadonlyMap<string, string> = new Map([
  ...['align', 'eqnarray', 'alignat', 'flalign', 'split', 'multline'].map((name) => [name, 'aligned'] as const),
  ['gather', 'gathered'],
]);

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };
const argument = String.raw`\s*\{((?:[^{}]|\{[^{}]*\})*)\}`;
const quantity = new RegExp(String.raw`\\(?:SI|qty)(?:\[[^\]]*\])?${argument}${argument}`, 'g');
const unit = new RegExp(String.raw`\\(?:si|unit)(?:\[[^\]]*\])?${argument}`, 'g');
const number = new RegExp(String.raw`\\num(?:\[[^\]]*\])?${argument}`, 'g');
const declared = new RegExp(String.raw`\\DeclareMathOperator\*?\s*\{?\\([a-zA-Z]+)\}?${argument}`, 'g');

/**
 * LaTeX as abstracts have it, in the words that the typesetting knows: a bare `%` is a percent sign and begins no
 * comment, entities of HTML are their characters, siunitx is written out, brackets whose partner is missing get an empty
 * one, and environments that make a line of their own become those that stand within one.
 */
export function prepared(latex: string): string {
  let text = latex;
  if (text.includes('&')) text = text.replaceAll(/&(?:amp|lt|gt|quot);/g, (entity) => entities[entity] ?? entity);
  if (text.includes('%')) text = text.replaceAll(/\\[\s\S]|%/g, (found) => (found === '%' ? '\\%' : found));
  if (!text.includes('\\')) return text;
  text = withOperators(text)
    .replaceAll(quantity, (whole, value: string, of: string) =>
      whole.startsWith('\\qty') && !of.includes('\\') ? whole : `${numberLatex(value)}\\,${unitLatex(of)}`,
    )
    .replaceAll(unit, (_, of: string) => unitLatex(of))
    .replaceAll(number, (_, value: string) => numberLatex(value))
    .replaceAll(/\\(begin|end)\s*\{(equation|displaymath|math|dmath|empheq)\*?\}/g, '')
    .replaceAll(/\\begin\s*\{alignat\*?\}\s*\{\d+\}/g, '\\begin{aligned}')
    .replaceAll(/\\begin\s*\{eqnarray\*?\}/g, '\\begin{array}{rcl}')
    .replaceAll(/\\end\s*\{eqnarray\*?\}/g, '\\end{array}')
    .replaceAll(/\\(begin|end)\s*\{([a-z]+)\*?\}/g, (whole, edge: string, name: string) => {
      const inner = within.get(name);
      return inner === undefined ? whole : `\\${edge}{${inner}}`;
    })
    .replaceAll(
      /\\(?:label|vspace|index)\s*\{[^{}]*\}|\\(?:nonumber|notag|protect|noindent|centering)(?![a-zA-Z])/g,
      '',
    )
    .replaceAll(/\\tag\*?\s*\{([^{}]*)\}/g, '\\qquad\\text{($1)}');
  return balanced(text);
}

/** Operators that the text itself declares. */
function withOperators(latex: string): string {
  if (!latex.includes('\\DeclareMathOperator')) return latex;
  const names = new Map<string, string>();
  const rest = latex.replaceAll(declared, (_, name: string, shown: string) => {
    names.set(name, shown);
    return '';
  });
  return rest.replaceAll(/\\([a-zA-Z]+)/g, (whole, name: string) => {
    const shown = names.get(name);
    return shown === undefined ? whole : `\\operatorname{${shown}}`;
  });
}

/** Gives each `\left` without `\right`, and the other way round, an empty partner. */
function balanced(latex: string): string {
  if (!/\\(?:left|right)(?![a-zA-Z])/.test(latex)) return latex;
  let open = 0;
  let missing = 0;
  for (const [, name] of latex.matchAll(/\\(left|right)(?![a-zA-Z])/g)) {
    if (name === 'left') open += 1;
    else if (open > 0) open -= 1;
    else missing += 1;
  }
  return `${'\\left.'.repeat(missing)}${latex}${'\\right.'.repeat(open)}`;
}
