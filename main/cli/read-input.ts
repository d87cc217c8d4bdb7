import { Buffer } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { OffprintError } from '../../shared/outcome.ts';
import { longestNote } from '../../shared/paper.ts';
import type { Terminal } from './terminal.ts';

/** What messages and answers call standard input. */
export const standardInput = '-';

async function readUpTo(most: number, input: AsyncIterable<Uint8Array>, name: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input) {
    size += chunk.length;
    if (size > most) throw new OffprintError('bad-input', `${name} is too large: more than ${most} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** All of standard input. Rejects with `bad-input` as soon as there is more than `most` bytes. */
export function readStandardInput(input: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  return readUpTo(most, input, 'Standard input');
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
    bytes = await readUpTo(most, input, name);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (error instanceof OffprintError) throw error;
    if (code === 'ENOENT') throw new OffprintError('not-found', `${name}: there is no such file.`);
    if (code === 'EISDIR') throw new OffprintError('bad-input', `${name} is a folder, not a file.`);
    throw new OffprintError('unreadable', `${name} could not be read (${code}).`, { cause: error });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new OffprintError('bad-input', `${name} is not UTF-8 text. The note was left as it is.`);
  }
}
