import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MiddlewareHandler } from 'hono';
import { getMimeType } from 'hono/utils/mime';
import { OffprintError } from '../../shared/outcome.ts';
import { refuse } from './refuse.ts';

/**
 * Serves the built page. The files are listed once and a request must name one of them exactly:
 * no path from outside is ever joined to a folder, and symbolic links are not files.
 * @param folder `out/renderer`
 * @param home the path that they are under, as `/home`
 * @throws OffprintError `not-found` when the page has not been built
 */
export async function pageFiles(folder: string, home: string): Promise<MiddlewareHandler> {
  const paths = await listFiles(folder, `${home}/`).catch(() => new Map<string, string>());
  const index = paths.get(`${home}/index.html`);
  if (index === undefined) throw new OffprintError('not-found', `The page is not in ${folder}. Run: npm run build`);
  paths.set(`${home}/`, index);

  return async (c) => {
    // The path as it was sent: nothing is decoded.
    const path = new URL(c.req.url).pathname;
    const file = paths.get(path);
    const content = file === undefined ? null : await readFile(file).catch(() => null);
    if (file === undefined || content === null) return refuse(c, 404, 'not-found', 'There is nothing here.');
    // Names under assets/ change with the content.
    const isLasting = path.startsWith(`${home}/assets/`);
    return c.body(new Uint8Array(content), 200, {
      'Content-Type': getMimeType(file) ?? 'application/octet-stream',
      'Cache-Control': isLasting ? 'private, max-age=31536000, immutable' : 'no-store',
    });
  };
}

/** Maps the path of every file under a folder, as a browser writes it, to the file. */
async function listFiles(folder: string, prefix: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = prefix + encodeURIComponent(entry.name);
    if (entry.isFile()) files.set(path, join(folder, entry.name));
    if (!entry.isDirectory()) continue;
    for (const [inner, file] of await listFiles(join(folder, entry.name), `${path}/`)) files.set(inner, file);
  }
  return files;
}
