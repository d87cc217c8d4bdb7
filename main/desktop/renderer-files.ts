import { readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { getMimeType } from 'hono/utils/mime';
import { securityHeaders } from '../../shared/content-security-policy.ts';
import { isAppAddress } from './app-address.ts';

function answer(status: number, body: BodyInit | null, headers: Record<string, string> = {}): Response {
  return new Response(body, { status, headers: { ...securityHeaders, ...headers } });
}

function refusal(status: number, message: string): Response {
  return answer(status, message, { 'Content-Type': 'text/plain; charset=utf-8' });
}

/**
 * The path below the renderer's folder that an address names, or null when it is not a plain one.
 * Names are decoded once; what then still holds an escape, a backslash, a colon, a control
 * character or a segment that starts with a dot is no file that the build makes.
 */
export function pathOfAddress(address: string): string | null {
  if (!isAppAddress(address)) return null;
  let path: string;
  try {
    path = decodeURIComponent(new URL(address).pathname);
  } catch {
    return null;
  }
  if (path === '/') return 'index.html';
  const segments = path.slice(1).split('/');
  const plain = /^[^.%\\:\p{Cc}][^%\\:\p{Cc}]*$/u;
  return segments.every((segment) => plain.test(segment)) ? segments.join('/') : null;
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/**
 * Answers a request for one of the renderer's files. Every answer, refusals included, carries the
 * Content-Security-Policy and the other security headers. 403 for an address that points outside,
 * a symbolic link out of the folder included; 404 for what is not there; 405 for anything but
 * GET and HEAD.
 * @param folder the folder that `vite build` made
 */
export async function answerWithFile(folder: string, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405, 'Only GET and HEAD are answered.');
  const path = pathOfAddress(request.url);
  if (path === null) return refusal(403, 'This address points outside Offprint.');
  const contentType = getMimeType(path);
  if (contentType === undefined) return refusal(404, 'There is no such file.');
  try {
    const file = await realpath(join(folder, path));
    if (!isInside(await realpath(folder), file)) return refusal(403, 'This address points outside Offprint.');
    const bytes = await readFile(file);
    return answer(200, request.method === 'HEAD' ? null : bytes, {
      'Content-Type': contentType,
      'Content-Length': String(bytes.byteLength),
    });
  } catch {
    return refusal(404, 'There is no such file.');
  }
}
