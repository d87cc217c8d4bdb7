import { type imageTypes, largestImage } from './notes-calls.ts';

/** The folder of kept pictures, in the data folder and in what a note says: `![words](images/NAME)`. */
export const imagesFolder = 'images';

/** A kind of picture that a note can hold. */
export type ImageType = (typeof imageTypes)[number];

/** What the names of kept pictures end in, by what they are. */
export const imageEndings: Readonly<Record<ImageType, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};

/** What a picture's bytes begin with, as Latin-1; WebP has its length between the two parts of it. */
const beginnings: readonly [ImageType, (start: string) => boolean][] = [
  ['image/png', (start) => start.startsWith('\x89PNG\r\n\x1a\n')],
  ['image/jpeg', (start) => start.startsWith('\xff\xd8\xff')],
  ['image/gif', (start) => start.startsWith('GIF87a') || start.startsWith('GIF89a')],
  ['image/webp', (start) => start.startsWith('RIFF') && /^WEBPVP8[ LX]/.test(start.slice(8))],
];

/** Bytes that {@link imageTypeOf} looks at. */
const longestBeginning = 16;

/**
 * What kind of picture some bytes are, by how they begin, whatever anybody calls them; null for anything else, and for
 * more bytes than a picture may have.
 */
export function imageTypeOf(bytes: Uint8Array): ImageType | null {
  if (bytes.length > largestImage) return null;
  const beginning = String.fromCharCode(...bytes.subarray(0, longestBeginning));
  return beginnings.find(([, isSuch]) => isSuch(beginning))?.[0] ?? null;
}

/** What a name of a kept picture says that it is; null where it is no such name. */
export function imageTypeOfName(name: string): ImageType | null {
  const [, ending] = /^[0-9a-f]{32}\.(\w+)$/.exec(name) ?? [];
  const found = Object.entries(imageEndings).find(([, each]) => each === ending);
  return (found?.[0] as ImageType | undefined) ?? null;
}

/** The name in an address as notes have it, `images/NAME`; null where it leads anywhere else. */
export function imageNameIn(address: string): string | null {
  const [folder, name = '', ...deeper] = address.split('/');
  return folder === imagesFolder && deeper.length === 0 && imageTypeOfName(name) !== null ? name : null;
}

/** A picture's address, with the way up from a file in folders within before it, or without one as notes have it. */
const addresses = /(?<![\w/.-])((?:\.\.\/)*)images\/([0-9a-f]{32}\.(?:png|jpg|gif|webp))(?![\w.-])/g;

/** The names of the kept pictures that a note refers to, each once. */
export function noteImages(text: string): string[] {
  const found = Array.from(text.matchAll(addresses)).filter(([, up]) => up === '');
  return [...new Set(found.map(([, , name = '']) => name))];
}

/**
 * A note for a file that stands in a folder within the one that has `images/`: its pictures' addresses lead up to it.
 * @param up `../` for each folder
 */
export function withImagesUp(text: string, up: string): string {
  return up === '' ? text : text.replaceAll(addresses, (all, before) => (before === '' ? `${up}${all}` : all));
}

/** A text with all pictures' addresses as notes have them, to compare it with another, wherever the two stand. */
export function withoutImagesUp(text: string): string {
  return text.replaceAll(addresses, `${imagesFolder}/$2`);
}
