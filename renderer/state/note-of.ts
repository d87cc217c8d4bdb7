import type { Client } from '../../shared/client.ts';
import { failureOf } from '../../shared/outcome.ts';
import type { PaperId } from '../../shared/paper.ts';
import { scratchNoteId, scratchNoteTitle } from '../../shared/scratch-note.ts';

/**
 * The note of a paper as the library has it, or the scratch note by its id. A paper that is not there has no note.
 * @returns its text, and the title of the paper; null when the paper is not in the library
 * @throws OffprintError when it cannot be read
 */
export async function noteOf(client: Client, id: PaperId): Promise<{ text: string; title: string | null }> {
  if (id === scratchNoteId) return { text: (await client.call('scratch.get', {})).text, title: scratchNoteTitle };
  try {
    const { note, title } = await client.call('paper.get', { id, query: '' });
    return { text: note, title };
  } catch (error) {
    if (failureOf(error).code === 'not-found') return { text: '', title: null };
    throw error;
  }
}
