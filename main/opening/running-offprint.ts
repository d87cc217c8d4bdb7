import { Buffer } from 'node:buffer';
import { type Client, makeClient } from '../../shared/client.ts';
import { uploadPiece } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { FileToImport } from '../corpus/papers-writer.ts';
import { chunksOf, openRegular } from '../importers/input-bytes.ts';
import type { Asking } from './opening.ts';
import { requestsFor } from './requests.ts';

/**
 * Connects to an Offprint that serves a library to browsers on this computer, as a page of it would.
 * @param url its address with the key, as `lock.json` in the data folder says it; always of 127.0.0.1
 * @throws OffprintError `unreadable` when it does not answer, or not as Offprint does
 */
export async function connectToRunning(url: string): Promise<Client> {
  const { origin } = new URL(url);
  const gone = (cause?: unknown) =>
    new OffprintError('unreadable', 'The Offprint that is running does not answer. Stop it and start it again.', {
      cause,
    });
  const answer = await fetch(url, { redirect: 'manual' }).catch((error: unknown) => {
    throw gone(error);
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(';', 1)[0];
  const home = URL.parse(answer.headers.get('location') ?? '', url);
  if (answer.status !== 303 || cookie === undefined || home?.origin !== origin) throw gone();
  return makeClient({
    call: async (name, input) => {
      try {
        const response = await fetch(new URL(`api/call/${name}`, home), {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Cookie: cookie, Origin: origin },
          body: JSON.stringify(input),
        });
        return await response.json();
      } catch (error) {
        throw gone(error);
      }
    },
    on: () => () => {},
  });
}

/**
 * Has what was asked for shown by an Offprint that serves a browser. Files are sent to it as a page sends them: it
 * opens no path that another program names.
 * @returns whether a page is open that shows it at once, and why something could not be opened
 */
export async function openInRunning(
  client: Client,
  { asked, folder }: Asking,
): Promise<{ shown: boolean; opened: number; refusals: string[] }> {
  const requests = await requestsFor(asked, folder, (files) => sendFiles(client, files));
  const refusals = requests.flatMap((request) => (request.kind === 'refused' ? [request.message] : []));
  const opened = requests.filter(({ kind }) => kind !== 'refused');
  if (opened.length === 0) return { shown: false, opened: 0, refusals };
  const { shown } = await client.call('opening.ask', { requests: opened.slice(0, 100) });
  return { shown, opened: opened.length, refusals };
}

async function sendFiles(client: Client, files: readonly FileToImport[]): Promise<string[]> {
  const uploads: string[] = [];
  try {
    for (const file of files) {
      const opened = await openRegular(file, null);
      const { upload } = await client.call('upload.open', { name: file.name.slice(-1000), size: opened.stamp.size });
      uploads.push(upload);
      for await (const bytes of chunksOf(opened, file, uploadPiece)) {
        await client.call('upload.append', { upload, base64: Buffer.from(bytes).toString('base64') });
      }
    }
    return uploads;
  } catch (error) {
    for (const upload of uploads) await client.call('upload.discard', { upload }).catch(() => {});
    throw error;
  }
}
