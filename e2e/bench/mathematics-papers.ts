import { fragments } from '../../renderer/mathematics/fragments-testing.ts';
import { setMathematics } from '../../renderer/mathematics/set-mathematics.ts';
import { type GeneratedPaper, generatePapers } from './generate.ts';

/** Formulas in each abstract, and one more in each title. */
const formulasEach = 12;

/**
 * Papers with heavy mathematics, and the same ones with as many words in its place: formulas of the corpus that can be
 * set, each made different from every other, so that none is known from the paper before.
 */
export function mathematicsPapers(count: number): { mathematics: GeneratedPaper[]; plain: GeneratedPaper[] } {
  const able = fragments.filter((latex) => !/[$%]|\\begin|^[_^]/.test(latex) && setMathematics(latex, false) !== null);
  let next = 0;
  const formula = () => {
    const latex = able[next % able.length] ?? 'x';
    next += 1;
    return `$${latex} + c_{${next}}$`;
  };
  const mathematics: GeneratedPaper[] = [];
  const plain: GeneratedPaper[] = [];
  for (const paper of generatePapers(count)) {
    const sentences = paper.abstract.split('. ');
    const given = Array.from({ length: formulasEach }, formula);
    const inTitle = formula();
    const abstractOf = (what: readonly string[]) =>
      sentences
        .map((sentence, index) => [sentence, ...what.filter((_, at) => at % sentences.length === index)].join(' '))
        .join('. ');
    const asWords = (latex: string) => latex.replaceAll(/[^a-z]/gi, 'e');
    mathematics.push({ ...paper, title: `${inTitle} ${paper.title}`, abstract: abstractOf(given) });
    plain.push({ ...paper, title: `${asWords(inTitle)} ${paper.title}`, abstract: abstractOf(given.map(asWords)) });
  }
  return { mathematics, plain };
}
