import { blockTexts, type TitleSketch } from './title-sketch.ts';

/**
 * A number for a text, alike for all on every machine: 51 bits of two rounds of 32-bit FNV-1a. Two
 * texts that get one number are only compared in vain.
 */
function numbered(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit ^ (low >>> 15), 0x85ebca6b);
  }
  return (high & 0x7ffff) * 2 ** 32 + (low >>> 0);
}

/** The block of all papers that have this title id. */
export function blockOfTitleId(id: string): number {
  return numbered(id) * 2 + 1;
}

/** True for the numbers that {@link blockOfTitleId} gives. */
export function isTitleIdBlock(block: number): boolean {
  return block % 2 === 1;
}

/** The blocks that a paper shares with those whose titles may be nearly the same. */
export function blocksOfSketch(sketch: TitleSketch): number[] {
  return blockTexts(sketch).map((text) => numbered(text) * 2);
}
