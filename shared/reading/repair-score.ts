import { damagedMathematics } from './repair.ts';
import type { Passage } from './repair-passages.ts';

/** How the repair does on labelled passages. */
export interface RepairScore {
  /** Damaged stretches that are labelled, and those of them that are found exactly, with the LaTeX that was meant. */
  labelled: number;
  right: number;
  /** Stretches that are found in damaged passages and are not labelled so. */
  wrong: number;
  /** Sound passages, and those of them in which something is found. */
  sound: number;
  touched: readonly string[];
}

/** What is found in a text, as passages are labelled. */
export function repairsOf(text: string): [damaged: string, latex: string][] {
  return damagedMathematics(text).map(({ from, to, latex }) => [text.slice(from, to), latex]);
}

/** Compares what is found with what is labelled; a stretch counts as right only with exactly its ends and its LaTeX. */
export function scoreOf(damaged: readonly Passage[], sound: readonly string[]): RepairScore {
  let labelled = 0;
  let right = 0;
  let wrong = 0;
  for (const { text, meant } of damaged) {
    const left = meant.map((pair) => JSON.stringify(pair));
    labelled += left.length;
    for (const found of repairsOf(text)) {
      const at = left.indexOf(JSON.stringify(found));
      if (at === -1) wrong += 1;
      else {
        right += 1;
        left.splice(at, 1);
      }
    }
  }
  return { labelled, right, wrong, sound: sound.length, touched: sound.filter((text) => repairsOf(text).length > 0) };
}
