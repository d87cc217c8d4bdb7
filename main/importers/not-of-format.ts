import { OffprintError } from '../../shared/outcome.ts';
import { guessTextKind } from './guess-kind.ts';

/**
 * The error for a text that is not of the format asked for.
 * @param name what the text is called
 * @param formats what could have been read, in the reader's words
 * @param text the text, or its beginning; it is told what it seems to be
 */
export function notOfFormat(name: string, formats: string, text: string): OffprintError {
  const kind = guessTextKind(text.slice(0, 200_000)) ?? 'other text';
  return new OffprintError(
    'bad-input',
    `${name} is not something Offprint can import (${formats}): it seems to be ${kind}. Nothing was imported.`,
  );
}
