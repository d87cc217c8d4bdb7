import { Buffer } from 'node:buffer';
import { makeClient } from '../shared/client.ts';
import type { CallInput, CallName, CallOutput, EventPayload, ImportPreview } from '../shared/contract.ts';
import { dispatch } from '../shared/dispatch.ts';
import type { Library } from './library.ts';

/** Calls as a host does, for tests: what goes in and what comes out is checked against the contract. */
export function call<N extends CallName>(library: Library, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const client = makeClient({ call: (called, given) => dispatch(library.handlers, called, given), on: () => () => {} });
  return client.call(name, input);
}

/** A file as a window sends it. */
export interface SentFile {
  name: string;
  text: string | Uint8Array;
}

/** Sends files as a window does, a few bytes at a time, and begins to import them. */
export async function beginImport(library: Library, files: readonly SentFile[]): Promise<number> {
  const uploads: string[] = [];
  for (const { name, text } of files) {
    const bytes = Buffer.from(text);
    const { upload } = await call(library, 'upload.open', { name, size: bytes.length });
    const half = Math.ceil(bytes.length / 2);
    for (const piece of [bytes.subarray(0, half), bytes.subarray(half)]) {
      await call(library, 'upload.append', { upload, base64: piece.toString('base64') });
    }
    uploads.push(upload);
  }
  return (await call(library, 'import.begin', { uploads, format: null })).job;
}

/** Sends files and previews them. */
export async function previewImport(
  library: Library,
  ...files: readonly SentFile[]
): Promise<{ job: number; preview: ImportPreview }> {
  const job = await beginImport(library, files);
  return { job, preview: await call(library, 'import.preview', { job }) };
}

/** Imports a text as a window does. */
export async function importText(library: Library, text: string, name = 'papers.txt', takeMarks = false) {
  const { job } = await previewImport(library, { name, text });
  return call(library, 'import.confirm', { job, takeMarks });
}

/** The first 500 papers of a view. */
export function list(library: Library, view = 'all', query = '') {
  return call(library, 'list.open', { view, query, sort: [], limit: 500 });
}

/** The next announced change that answers to `until`. */
export function nextChange(library: Library, until: (change: EventPayload<'library.changed'>) => boolean) {
  return new Promise<EventPayload<'library.changed'>>((resolve) => {
    const stop = library.on('library.changed', (change) => {
      if (!until(change)) return;
      stop();
      resolve(change);
    });
  });
}
