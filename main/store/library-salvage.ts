import { paperIdSchema } from '../../shared/paper.ts';
import { emptyLibrary, isPlainObject, type LibraryData } from './library-data.ts';
import { type ReadableLibrary, readLibrary } from './library-file.ts';
import { readRecord } from './library-reading.ts';
import { asUtf8 } from './text-bytes.ts';

const papersBegin = '"papers":{';

/**
 * What can still be read of a library file that is cut short or garbled, one paper a line as
 * `printLibrary` prints it. For when there is nothing better.
 * @returns null when there is not a single paper that can be read
 */
export function salvageLibrary(bytes: Uint8Array): ReadableLibrary | null {
  let text: string;
  try {
    text = new TextDecoder().decode(asUtf8(bytes));
  } catch {
    // Longer than any text can be.
    return null;
  }
  const begin = text.indexOf(papersBegin);
  const papers: LibraryData['papers'] = new Map();
  for (const line of text.slice(Math.max(0, begin)).split('\n')) {
    const entry = parse(`{${line.trim().replace(/,$/, '')}}`);
    for (const [id, stored] of isPlainObject(entry) ? Object.entries(entry) : []) {
      const { value } = readRecord(stored);
      if (value && paperIdSchema.safeParse(id).success) papers.set(id, value);
    }
  }
  if (papers.size === 0) return null;
  const head = begin < 0 ? null : readLibrary(Buffer.from(`${text.slice(0, begin)}${papersBegin}}}`));
  if (head === null || head.kind === 'damaged') {
    const data = { ...emptyLibrary(), stamp: crypto.randomUUID(), papers };
    return { kind: 'good', data, position: null, isAstray: true, unclear: [] };
  }
  return { ...head, data: { ...head.data, stamp: crypto.randomUUID(), papers } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
