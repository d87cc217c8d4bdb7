import type { PictureLack } from './folder-pictures.ts';

/** A picture that a note shows and that is not beside its Markdown file. */
export interface LackingPicture {
  name: string;
  /** Of the paper that the note is on. */
  title: string;
  why: PictureLack;
}

const reasons: Readonly<Record<PictureLack, string>> = {
  missing: 'it is missing from the data folder, or cannot be read',
  taken: 'something else has its name there, which stays as it is',
  'no-folder': 'what is called “images” there is no folder, or only a link to one, and stays as it is',
};

/** Which pictures are not in a folder and why, as the reader is told it; null where none is lacking. */
export function lackingSentence(folder: string, lacking: readonly LackingPicture[]): string | null {
  const [first] = lacking;
  if (first === undefined) return null;
  const others = lacking.length - 1;
  const more = others === 0 ? '' : others === 1 ? ' Nor is 1 other.' : ` Nor are ${others} others.`;
  return `The picture ${first.name} in the note on “${first.title}” is not in ${folder}: ${reasons[first.why]}.${more}`;
}
