import type { Handler, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { contract, type Handlers, largestUpload } from '../../shared/contract.ts';
import { dispatch } from '../../shared/dispatch.ts';
import type { Outcome } from '../../shared/outcome.ts';
import { longestNote } from '../../shared/paper.ts';
import { refuse } from './refuse.ts';

/** A file in base64, and its name beside it. */
const largestImport = Math.ceil(largestUpload / 3) * 4 + 16_384;
/** The longest note when every character must be written as `\u0000`, and its id beside it. */
const largestOther = longestNote * 6 + 16_384;

/** Refuses what is not JSON, and bodies larger than any call can need, before reading them. */
export function onlyFittingBodies(): MiddlewareHandler {
  const limit = (maxSize: number) =>
    bodyLimit({
      maxSize,
      onError: (c) => {
        // What is left of the body is not worth reading.
        c.header('Connection', 'close');
        return refuse(c, 413, 'bad-input', 'This is more than Offprint takes at once.');
      },
    });
  const forImports = limit(largestImport);
  const forOthers = limit(largestOther);
  return async (c, next) => {
    const type = c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
    if (type !== 'application/json') return refuse(c, 415, 'bad-input', 'A call is sent as application/json.');
    return c.req.param('name') === 'import.bytes' ? forImports(c, next) : forOthers(c, next);
  };
}

/**
 * Answers `POST /api/call/NAME` with the call's `Outcome`. The status is 200 whenever the library
 * answered, be it with a failure; 400 when the body is not JSON and 404 when there is no such call.
 * @param underWay holds each call that the library is working on, while it is
 */
export function answerCall(
  handlers: Handlers,
  report: (error: unknown) => void,
  underWay: Set<Promise<unknown>>,
): Handler<object, '/:name'> {
  return async (c) => {
    let input: unknown;
    try {
      input = JSON.parse(await c.req.text());
    } catch {
      return refuse(c, 400, 'bad-input', 'The call is not valid JSON.');
    }
    const name = c.req.param('name');
    if (!Object.hasOwn(contract, name)) return refuse(c, 404, 'bad-input', 'There is no such call.');
    const outcome: Promise<Outcome<unknown>> = dispatch(handlers, name, input, report);
    underWay.add(outcome);
    await outcome;
    underWay.delete(outcome);
    return c.json(await outcome);
  };
}
