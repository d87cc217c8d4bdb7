import { errorCodes } from '../../shared/outcome.ts';
import { errorKinds, errorSchema, type LoggedError } from './entries.ts';

/** Most frames of a stack that are kept. */
const mostFrames = 12;
const mostCauses = 3;

/**
 * An error as the log may have it: no word of its message, which may hold a title, a note, a query or a path.
 * @param error whatever was thrown
 */
export function describeError(error: unknown): { error: LoggedError; causes?: LoggedError[] } {
  const causes: LoggedError[] = [];
  let cause = causeOf(error);
  while (cause !== undefined && causes.length < mostCauses) {
    causes.push(describeOne(cause));
    cause = causeOf(cause);
  }
  return { error: describeOne(error), ...(causes.length > 0 && { causes }) };
}

function describeOne(error: unknown): LoggedError {
  const unknown: LoggedError = { kind: 'other', code: null, at: [] };
  try {
    if (!(error instanceof Error)) return unknown;
    const kind = errorKinds.find((name) => name === error.name) ?? 'other';
    const errcode: unknown = 'errcode' in error ? error.errcode : undefined;
    const described = {
      ...{ kind, code: codeOf(error), at: framesOf(error) },
      ...(typeof errcode === 'number' && { errcode }),
    };
    return errorSchema.safeParse(described).data ?? { ...unknown, kind };
  } catch {
    // A property of it throws.
    return unknown;
  }
}

function causeOf(error: unknown): unknown {
  try {
    return error instanceof Error ? error.cause : undefined;
  } catch {
    return undefined;
  }
}

function codeOf(error: Error): LoggedError['code'] {
  const code: unknown = 'code' in error ? error.code : null;
  const known = errorCodes.find((each) => each === code);
  if (known !== undefined) return known;
  return typeof code === 'string' && errorSchema.shape.code.safeParse(code).success ? code : null;
}

/**
 * Where it happened: file, line and column of each frame. The words of the error stand in its stack as well, before
 * the frames, and may have lines that look like frames; where they cannot be told apart, there are no frames.
 */
function framesOf(error: Error): string[] {
  const stack: unknown = error.stack;
  if (typeof stack !== 'string') return [];
  const message = String(error.message);
  const begin = message === '' ? stack.indexOf('\n') : stack.indexOf(message);
  // What stands before the message is the name, and a code of Node's; a class may name itself as it likes.
  if (begin < 0 || stack.slice(0, begin).includes('\n')) return [];
  const lines = stack.slice(begin + message.length).split('\n');
  // The rest of the first line would be words, too, if the message had been changed since.
  if (lines.shift() !== '') return [];
  return lines.flatMap((line) => frameOf(line) ?? []).slice(0, mostFrames);
}

/** `entries.ts:12:3` of a line of a stack; null for one that names no file. Folders may be the reader's. */
function frameOf(line: string): string | null {
  const place = /^ {4}at (?:.*[(/\\])?([^/\\()]+):(\d+):(\d+)\)?$/.exec(line);
  const [, file = '', row, column] = place ?? [];
  const frame = `${file.replace(/^node:/, '')}:${row}:${column}`;
  return place !== null && errorSchema.shape.at.element.safeParse(frame).success ? frame : null;
}
