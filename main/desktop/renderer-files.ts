import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { getMimeType } from 'hono/utils/mime';
import { securityHeaders } from '../../shared/content-security-policy.ts';
import { imageNameIn } from '../../shared/note-images.ts';
import { readImage } from '../kept-images.ts';
import { isAppAddress } from './app-address.ts';

function answer(status: number, body: BodyInit | null, headers: Record<string, string> = {}): Response {
  return new Response(body, { status, headers: { ...securityHeaders, ...headers } });
}

function refusal(status: number, message: string): Response {
  return answer(status, message, { 'Content-Type': 'text/plain; charset=utf-8' });
}

/** Longest address that is looked at, in characters; the longest one of the build is not a tenth of it. */
const longestAddress = 1000;

/** A name as the build makes them, in ASCII. No other needs an escape, or can be spelled in two ways. */
const plainName = /^[\w-][\w.-]*(?<!\.)$/;

/** Names that are devices on Windows, in every folder and with every ending. */
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * The path below the renderer's folder that an address names, or null when it is not a plain one. Nothing is
 * decoded: an address with an escape in it, of whatever, names no file that the build makes. What stands after
 * `?` and `#` is the page's own business.
 */
export function pathOfAddress(address: string): string | null {
  if (address.length > longestAddress || !isAppAddress(address)) return null;
  const path = new URL(address).pathname;
  if (path === '/') return 'index.html';
  const names = path.slice(1).split('/');
  return names.every((name) => plainName.test(name) && !deviceName.test(name)) ? names.join('/') : null;
}

/**
 * Answers a request for one of the renderer's files. Every answer, refusals included, carries the
 * Content-Security-Policy and the other security headers. 403 for an address that names no plain path, and for one
 * that leads over a symbolic link or is spelled otherwise than the file; 404 for what is not there; 405 for anything
 * but GET and HEAD.
 * @param folder the folder that `vite build` made
 */
export async function answerWithFile(folder: string, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405, 'Only GET and HEAD are answered.');
  const path = pathOfAddress(request.url);
  if (path === null) return refusal(403, 'This address points outside Offprint.');
  const contentType = getMimeType(path);
  if (contentType === undefined) return refusal(404, 'There is no such file.');
  try {
    const file = join(await realpath(folder), path);
    // The folder itself may be reached over a link; nothing below it is one.
    if ((await realpath(file)) !== file) return refusal(403, 'This address points outside Offprint.');
    const bytes = await readFile(file);
    return answer(200, request.method === 'HEAD' ? null : bytes, {
      'Content-Type': contentType,
      'Content-Length': String(bytes.byteLength),
    });
  } catch {
    return refusal(404, 'There is no such file.');
  }
}

/**
 * Answers a request for a picture of a note, as {@link answerWithFile} does for the page's own files; null where the
 * address is none of a picture.
 */
export async function answerWithImage(dataFolder: string, request: Request): Promise<Response | null> {
  if (request.method !== 'GET') return null;
  const path = pathOfAddress(request.url);
  const name = path === null ? null : imageNameIn(path);
  if (name === null) return null;
  const image = await readImage(dataFolder, name);
  if (image === null) return refusal(404, 'There is no such picture.');
  return answer(200, image.bytes, {
    'Content-Type': image.type,
    'Content-Length': String(image.bytes.byteLength),
    // Its name is made of its bytes.
    'Cache-Control': 'private, max-age=31536000, immutable',
  });
}
