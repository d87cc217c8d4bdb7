import { fileURLToPath } from 'node:url';
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
  const name = stack.slice(0, begin);
  if (begin < 0 || name.includes('\n') || name.includes(':') !== (message !== '')) return [];
  const lines = stack.slice(begin + message.length).split('\n');
  // The rest of the first line would be words, too, if the message had been changed since.
  if (lines.shift() !== '') return [];
  return lines.flatMap((line) => frameOf(line) ?? []).slice(0, mostFrames);
}

// This file and its built form both lie two folders below the program's own.
const program = new URL('../../', import.meta.url);
const origins = [program.href, fileURLToPath(program), 'node:'];

/** `entries.ts:12:3` of a line of a stack; null for one that is in no file of the program or of Node. */
function frameOf(line: string): string | null {
  const [, place = ''] = /^ {4}at (?:[^(]*\()?(?:async )?([^()]+:\d+:\d+)\)?$/.exec(line) ?? [];
  const origin = origins.find((each) => place.startsWith(each));
  // The folders that the program is in may be named after the reader.
  const frame = origin === undefined ? '' : (place.slice(origin.length).split(/[/\\]/).at(-1) ?? '');
  return errorSchema.shape.at.element.safeParse(frame).success ? frame : null;
}
