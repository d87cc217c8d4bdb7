import type { MiddlewareHandler } from 'hono';
import { readImage } from '../kept-images.ts';
import { refuse } from './refuse.ts';

/**
 * Serves the pictures that notes show, each under its name. The name is looked at as it was sent, nothing is decoded,
 * and no file but a kept picture has such a name.
 * @param dataFolder where they are kept; null for none
 */
export function keptImage(dataFolder: string | null): MiddlewareHandler {
  return async (c) => {
    const name = new URL(c.req.url).pathname.split('/').at(-1) ?? '';
    const isPlain = c.req.path.split('/').length === 4;
    const image = dataFolder === null || !isPlain ? null : await readImage(dataFolder, name);
    if (image === null) return refuse(c, 404, 'not-found', 'There is no such picture.');
    return c.body(image.bytes, 200, {
      'Content-Type': image.type,
      // Its name is made of its bytes.
      'Cache-Control': 'private, max-age=31536000, immutable',
    });
  };
}
