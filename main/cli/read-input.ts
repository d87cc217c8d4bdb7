import { Buffer } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { OffprintError } from '../../shared/outcome.ts';
import { longestNote } from '../../shared/paper.ts';
import type { Terminal } from './terminal.ts';

const unchanged = 'The note was left as it is.';

/** What messages and answers call standard input. */
export const standardInput = '-';

async function readUpTo(most: number, input: AsyncIterable<Uint8Array>, tooLarge: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input) {
    size += chunk.length;
    if (size > most) throw new OffprintError('bad-input', tooLarge);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * The text of a file (`-` for standard input), exactly, but for a byte-order mark.
 * @throws OffprintError with the path when it cannot be read, is no UTF-8 text, or is longer than a note may be
 */
export async function readNoteText(path: string, terminal: Pick<Terminal, 'folder' | 'input'>): Promise<string> {
  const name = path === standardInput ? 'Standard input' : path;
  // A character of UTF-8 takes at most three bytes for each UTF-16 unit.
  const most = longestNote * 3 + 3;
  let bytes: Buffer;
  try {
    const input = path === standardInput ? terminal.input : createReadStream(resolve(terminal.folder, path));
    bytes = await readUpTo(most, input, `${name} is too large for a note. ${unchanged}`);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (error instanceof OffprintError) throw error;
    if (code === 'ENOENT') throw new OffprintError('not-found', `${name} does not exist. ${unchanged}`);
    if (code === 'EISDIR') throw new OffprintError('bad-input', `${name} is a folder, not a file. ${unchanged}`);
    const why = code === 'EACCES' || code === 'EPERM' ? ': permission was denied' : ` (${code})`;
    throw new OffprintError('unreadable', `${name} could not be read${why}. ${unchanged}`, { cause: error });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new OffprintError('bad-input', `${name} is not UTF-8 text. ${unchanged}`);
  }
}
