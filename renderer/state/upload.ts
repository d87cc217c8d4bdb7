import type { Client } from '../../shared/client.ts';
import { uploadPiece } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { toBase64 } from '../commands/base64.ts';

/** A file that the reader has chosen, dropped or pasted. */
export interface ChosenFile {
  /** Its name, with the folders that it was found in. */
  name: string;
  content: Blob;
}

/** What stops work that was begun: thrown out of it, and nothing to tell the reader of. */
export class Stopped extends Error {}

/** @throws {@link Stopped} */
export function stopIf(signal: AbortSignal): void {
  if (signal.aborted) throw new Stopped();
}

/**
 * Gives a file to the library piece by piece, so that it is never in memory whole.
 * @param onBytes told how many bytes have gone
 * @returns the name of the upload
 * @throws OffprintError `unreadable` when the browser cannot read the file; {@link Stopped} on the signal
 */
export async function upload(
  client: Client,
  { name, content }: ChosenFile,
  onBytes: (sent: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const { upload: id } = await client.call('upload.open', { name: name.slice(-1000), size: content.size });
  try {
    for (let at = 0; at < content.size; at += uploadPiece) {
      stopIf(signal);
      const bytes = await bytesOf(content.slice(at, at + uploadPiece), name);
      stopIf(signal);
      await client.call('upload.append', { upload: id, base64: toBase64(bytes) });
      onBytes(Math.min(content.size, at + uploadPiece));
    }
    return id;
  } catch (error) {
    await client.call('upload.discard', { upload: id }).catch(() => {});
    throw error;
  }
}

async function bytesOf(piece: Blob, name: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await piece.arrayBuffer());
  } catch (error) {
    const reason = `${name} could not be read: is it a folder, or has it been moved? Nothing was imported.`;
    throw new OffprintError('unreadable', reason, { cause: error });
  }
}
