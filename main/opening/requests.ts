import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OpenRequest } from '../../shared/host-calls.ts';
import { failureOf } from '../../shared/outcome.ts';
import type { FileToImport } from '../corpus/papers-writer.ts';
import { mostIncoming } from '../incoming.ts';
import { type Asked, mostAsked } from './asked.ts';
import { findFiles } from './find-files.ts';
import { isOwnLink, readLink } from './read-link.ts';
import { inWords, shown } from './words.ts';

/** Makes files ready to be imported or restored, and answers with a name for each, in their order. */
export type TakeFiles = (files: readonly FileToImport[]) => Promise<string[]>;

/** Most reasons that one request carries. */
const mostFailures = 1000;

/**
 * Checks what Offprint was asked to open. This is the one way by which a start, another start, the system or the
 * command line gets anything opened: our own links, and files and folders of this computer.
 * @param asked as it came, from wherever
 * @param folder that relative paths are meant from
 * @returns what a window is to show; what cannot be opened is said in words
 */
export async function requestsFor(
  asked: readonly Asked[],
  folder: string,
  takeFiles: TakeFiles,
): Promise<OpenRequest[]> {
  if (asked.length > mostAsked) {
    return [{ kind: 'refused', message: `That is more than Offprint opens at once (${mostAsked}).` }];
  }
  const requests: OpenRequest[] = [];
  const paths: string[] = [];
  const refusals: string[] = [];
  for (const one of asked) {
    if (one.text === '') continue;
    const read = sorted(one, folder);
    if ('path' in read) paths.push(read.path);
    else if (read.kind === 'refused') refusals.push(read.message);
    else requests.push(read);
  }
  if (paths.length > 0) {
    const files = await requestForFiles(paths, takeFiles);
    if (files.kind === 'refused') refusals.push(files.message);
    else requests.push(files);
  }
  if (refusals.length > 0) requests.push({ kind: 'refused', message: inWords(refusals) });
  return requests;
}

/** What one thing is: a path, or a request that comes of a link or of what can be neither. */
function sorted({ kind, text }: Asked, folder: string): OpenRequest | { path: string } {
  if (kind === 'link' || (kind === 'argument' && isOwnLink(text))) return readLink(text);
  if (kind === 'argument') {
    const path = pathOfFileAddress(text);
    if (path !== null) return { path };
    if (/^(?:file:|[a-z][a-z0-9+.-]+:\/\/)/i.test(text)) {
      return { kind: 'refused', message: `Offprint opens files and its own links, not “${shown(text)}”.` };
    }
  }
  // One with a NUL would not be looked at as what it seems to be.
  if (text.includes('\0')) return { kind: 'refused', message: `${shown(text)} is not the path of a file.` };
  return { path: resolve(folder, text) };
}

/** The path that `file:///…` names, which is how Linux hands files over; null for everything else. */
function pathOfFileAddress(text: string): string | null {
  const url = /^file:\/\//i.test(text) ? URL.parse(text) : null;
  // Another host's files would have to be asked for over the network.
  if (url === null || url.hostname !== '') return null;
  try {
    return fileURLToPath(url);
  } catch {
    return null;
  }
}

async function requestForFiles(paths: readonly string[], takeFiles: TakeFiles): Promise<OpenRequest> {
  const { files, backup, passedOver, failures } = await findFiles(paths, mostIncoming.files);
  try {
    if (backup) {
      const [upload] = await takeFiles([backup]);
      if (upload !== undefined) return { kind: 'backup', upload, name: backup.name.slice(-1000) };
    }
    if (files.length > 0) {
      const uploads = await takeFiles(files);
      return { kind: 'import', uploads, passedOver, failures: failures.slice(0, mostFailures) };
    }
    return { kind: 'refused', message: inWords(failures.map(({ reason }) => reason)) };
  } catch (error) {
    return { kind: 'refused', message: failureOf(error).message };
  }
}
