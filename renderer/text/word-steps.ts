import type { TextRange } from '../../shared/paper.ts';

const segmenters = {
  word: new Intl.Segmenter('en', { granularity: 'word' }),
  sentence: new Intl.Segmenter('en', { granularity: 'sentence' }),
};

/** What a key steps by. */
export type Step = keyof typeof segmenters;

/**
 * The words or sentences of a text, in order, without the space around them. What is shown as one is one word, and
 * a sentence never ends within it.
 * @param wholes stretches that are shown as one, in order
 */
export function unitsOf(text: string, step: Step, wholes: readonly TextRange[]): TextRange[] {
  const units: TextRange[] = [];
  const add = (from: number, to: number) => {
    const last = units.at(-1);
    if (last && from < last[1]) last[1] = Math.max(last[1], to);
    else units.push([from, to]);
  };
  let at = 0;
  for (const { segment, index, isWordLike } of segmenters[step].segment(text)) {
    const start = index + (segment.length - segment.trimStart().length);
    const end = index + segment.trimEnd().length;
    while ((wholes[at]?.[1] ?? Number.POSITIVE_INFINITY) <= start) at += 1;
    const touched: TextRange[] = [];
    for (let each = wholes[at]; each && each[0] < end; each = wholes[at + touched.length]) touched.push(each);
    const [first, last] = [touched[0], touched.at(-1)];
    if (first && last && step === 'sentence') add(Math.min(start, first[0]), Math.max(end, last[1]));
    else if (first) for (const whole of touched) add(...whole);
    else if (start < end && (step === 'sentence' || isWordLike)) add(start, end);
  }
  return units;
}

/** The unit that begins at or after a place, or the last one that ends at or before it; null where there is none. */
export function unitFrom(units: readonly TextRange[], place: number, direction: 1 | -1): TextRange | null {
  const found = direction === 1 ? units.find(([from]) => from >= place) : units.findLast(([, to]) => to <= place);
  return found ?? null;
}
