import { createElement, type ReactElement } from 'react';
import temml from 'temml';
import { longestMathematics } from '../../shared/reading/mathematics-spans.ts';
import { prepared } from './prepare.ts';
import { toElements, withoutOuterSpace } from './to-elements.ts';

/** Groups nested deeper than this are not read. */
const deepestGroup = 60;
/** Formulas kept set, by their LaTeX: more than any list and page show at once. */
const mostKept = 2000;
/** LaTeX from which on a formula within a line may need more than one. */
const longEnough = 50;
/** Most macros expanded in one formula. */
const mostExpansions = 400;
/** The largest size that one may ask for: in em, and in points. */
const largest: [number, number] = [12, 120];

/** Commands of other packages, said by those that Temml knows. */
const packages: Readonly<Record<string, string>> = {
  '\\mbox': '\\text{#1}',
  '\\hbox': '\\text{#1}',
  '\\mathds': '\\mathbb{#1}',
  '\\mathbbm': '\\mathbb{#1}',
  '\\mathbbb': '\\mathbb{#1}',
  '\\nicefrac': '\\sfrac{#1}{#2}',
  '\\textsuperscript': '{}^{\\text{#1}}',
  '\\textsubscript': '{}_{\\text{#1}}',
  '\\ensuremath': '{#1}',
  '\\eqref': '\\text{(#1)}',
  '\\ref': '\\text{#1}',
  '\\cite': '\\text{[#1]}',
  '\\argmax': '\\operatorname*{arg\\,max}',
  '\\argmin': '\\operatorname*{arg\\,min}',
  '\\xspace': '',
};

/** Commands that define others, or reach out of the formula: none is known here. */
const refused =
  'def gdef edef xdef let futurelet global long newcommand renewcommand providecommand href url includegraphics class id style data htmlClass htmlId htmlStyle htmlData'.split(
    ' ',
  );

function macros(): Record<string, string> {
  return {
    ...packages,
    ...Object.fromEntries(refused.map((name) => [`\\${name}`, '\\refusedByOffprint'])),
  };
}

const kept = new Map<string, ReactElement | null>();

/**
 * Sets a formula as MathML.
 * @param latex without delimiters
 * @returns a `math` element whose `alttext` is the LaTeX; null where it cannot be set: show it as it is written. Never
 * throws
 */
export function setMathematics(latex: string, display: boolean): ReactElement | null {
  const key = `${display ? 'D' : 'I'}${latex}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const set = trySetting(latex, display);
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? '');
  kept.set(key, set);
  return set;
}

function trySetting(latex: string, display: boolean): ReactElement | null {
  if (latex.length > longestMathematics || latex.trim() === '' || depthOf(latex) > deepestGroup) return null;
  try {
    const tree = temml.__renderToMathMLTree(prepared(latex), {
      // Commutative diagrams are only known where they have a line of their own.
      displayMode: display || latex.includes('\\begin{CD}'),
      throwOnError: true,
      trust: false,
      strict: false,
      wrap: display || latex.length < longEnough ? 'none' : 'tex',
      maxExpand: mostExpansions,
      maxSize: largest,
      macros: macros(),
    });
    if (!display) withoutOuterSpace(tree.children);
    const children = toElements(tree.children);
    return createElement('math', { alttext: latex, display: display ? 'block' : 'inline' }, ...children);
  } catch {
    // Whatever went wrong, the formula is shown as it is written.
    return null;
  }
}

function depthOf(latex: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [sign] of latex.matchAll(/\\[\s\S]|[{}]/g)) {
    if (sign === '{') depth += 1;
    else if (sign === '}') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
