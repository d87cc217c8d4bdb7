import { Buffer } from 'node:buffer';
import type { Context, Handler } from 'hono';
import { contract, type Handlers, largestUpload } from '../../shared/contract.ts';
import { dispatch } from '../../shared/dispatch.ts';
import type { Outcome } from '../../shared/outcome.ts';
import { longestNote } from '../../shared/paper.ts';
import { refuse } from './refuse.ts';

/** A file in base64, and its name beside it. */
const largestImport = Math.ceil(largestUpload / 3) * 4 + 16_384;
/** The longest note when every character must be written as `\u0000`, and its id beside it. */
const largestOther = longestNote * 6 + 16_384;

/**
 * Answers `POST /api/call/NAME` with the call's `Outcome`. The status is 200 whenever the library
 * answered, be it with a failure. Else it is 415 for what is not JSON, 413 for a body larger than
 * the call can need, 400 for one that cannot be read, and 404 when there is no such call.
 * @param underWay holds each call that the library is working on, while it is
 */
export function answerCall(
  handlers: Handlers,
  report: (error: unknown) => void,
  underWay: Set<Promise<unknown>>,
): Handler<object, '/:name'> {
  return async (c) => {
    const type = c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
    if (type !== 'application/json') return refuse(c, 415, 'bad-input', 'A call is sent as application/json.');
    const name = c.req.param('name');
    const body = await readBody(c, name === 'import.bytes' ? largestImport : largestOther);
    if (body === 'too large') {
      // What is left of the body is not worth reading.
      c.header('Connection', 'close');
      return refuse(c, 413, 'bad-input', 'This is more than Offprint takes at once.');
    }
    if (body === 'cut off') return refuse(c, 400, 'bad-input', 'The call did not arrive as a whole.');
    let input: unknown;
    try {
      input = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    } catch {
      return refuse(c, 400, 'bad-input', 'The call is not valid JSON.');
    }
    if (!Object.hasOwn(contract, name)) return refuse(c, 404, 'bad-input', 'There is no such call.');
    const outcome: Promise<Outcome<unknown>> = dispatch(handlers, name, input, report);
    underWay.add(outcome);
    await outcome;
    underWay.delete(outcome);
    return c.json(await outcome);
  };
}

/** Reads a body of at most so many bytes, whether its size was said beforehand or not. */
async function readBody(c: Context, atMost: number): Promise<Uint8Array | 'too large' | 'cut off'> {
  if (Number(c.req.header('content-length') ?? 0) > atMost) return 'too large';
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of c.req.raw.body ?? []) {
      size += chunk.byteLength;
      if (size > atMost) return 'too large';
      chunks.push(chunk);
    }
  } catch {
    // The page has gone away, which is no mistake of ours.
    return 'cut off';
  }
  return Buffer.concat(chunks, size);
}
