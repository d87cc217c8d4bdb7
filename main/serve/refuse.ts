import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ErrorCode } from '../../shared/outcome.ts';

/**
 * Answers a request that is not served: the page's calls get a failed `Outcome`, a person gets a
 * small page. Neither says more than the message.
 */
export function refuse(c: Context, status: ContentfulStatusCode, code: ErrorCode, message: string): Response {
  if (c.req.path.includes('/api/')) return c.json({ ok: false, error: { code, message } }, status);
  return c.html(pageWith(message), status);
}

/** A page that says one thing, in words of ours. */
export function pageWith(message: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Offprint</title><p>${message}</p></html>\n`;
}
