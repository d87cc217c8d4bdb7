import { Buffer } from 'node:buffer';
import type { Context, Handler } from 'hono';
import { contract, type Handlers, uploadPiece } from '../../shared/contract.ts';
import { dispatch } from '../../shared/dispatch.ts';
import { largestImage } from '../../shared/notes-calls.ts';
import type { Outcome } from '../../shared/outcome.ts';
import { longestNote } from '../../shared/paper.ts';
import { usualLimits } from './limits.ts';
import { refuse } from './refuse.ts';

/** A piece of a file or a picture in base64; the longest note when every character must be written as `\u0000`. */
const largestParts = [Math.ceil(uploadPiece / 3) * 4, Math.ceil(largestImage / 3) * 4, longestNote * 6];
/** Bytes that a call can need: the larger of these, and ids and names beside it. */
export const largestCall = Math.max(...largestParts) + 16_384;
/** Milliseconds without an answer after which a sign of life is sent. Browsers give up after minutes of silence. */
const longestSilence = 20_000;

/**
 * Answers `POST /api/call/NAME` with the call's `Outcome`. The status is 200 whenever the library
 * answered, be it with a failure. Else it is 415 for what is not JSON, 413 for a body larger than
 * the call can need, 400 for one that cannot be read, 404 when there is no such call, and 503 when too
 * many arrive at once.
 * @param underWay holds each call that the library is working on, while it is
 * @param silence milliseconds without an answer after which a blank is sent, again and again, which JSON allows
 * before it: reading an import may take longer than a browser waits for nothing
 * @param mostArriving see `Limits.arriving`
 */
export function answerCall(
  handlers: Handlers,
  report: (error: unknown) => void,
  underWay: Set<Promise<unknown>>,
  silence: number = longestSilence,
  mostArriving: number = usualLimits.arriving,
): Handler<object, '/:name'> {
  let arriving = 0;
  return async (c) => {
    const type = c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
    if (type !== 'application/json') return refuse(c, 415, 'bad-input', 'A call is sent as application/json.');
    const name = c.req.param('name');
    if (arriving >= mostArriving) {
      c.header('Connection', 'close');
      return refuse(c, 503, 'refused', 'Offprint is busy. Try again in a moment.');
    }
    arriving += 1;
    const body = await readBody(c, largestCall);
    arriving -= 1;
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
    void outcome.then(() => underWay.delete(outcome));
    const answer = await answerWithin(outcome, silence);
    return answer === null
      ? c.body(lateAnswer(outcome, silence), 200, { 'Content-Type': 'application/json' })
      : c.json(answer);
  };
}

/** An outcome that is there in time, else null. */
async function answerWithin<T>(outcome: Promise<T>, milliseconds: number): Promise<T | null> {
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(late.resolve, milliseconds, null);
  const first = await Promise.race([outcome, late.promise]);
  clearTimeout(timer);
  return first;
}

/** An outcome as the body of an answer, with a blank now and then until it is there. */
function lateAnswer(outcome: Promise<Outcome<unknown>>, silence: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder();
  let beating: NodeJS.Timeout | undefined;
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      const blank = () => controller.enqueue(bytes.encode(' '));
      blank();
      beating = setInterval(blank, silence).unref();
      const answer = await outcome;
      clearInterval(beating);
      try {
        controller.enqueue(bytes.encode(JSON.stringify(answer)));
        controller.close();
      } catch {
        // The page has gone away meanwhile.
      }
    },
    cancel: () => clearInterval(beating),
  });
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
