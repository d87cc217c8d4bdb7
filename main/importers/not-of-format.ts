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

/** Kinds that are formats of ours, if they hold papers. */
const known = /^(?:an HTML page|an Atom feed|JSON|JSON lines|BibTeX|RIS|a table of .*)$/;

/**
 * The error for a text in which none of the formats was recognised.
 * @param name what the text is called
 * @param text the text, or its beginning
 */
export function ofNoFormat(name: string, text: string): OffprintError {
  const kind = guessTextKind(text.slice(0, 200_000)) ?? 'other text';
  const without = known.test(kind) ? ', and holds no papers in a form that Offprint knows' : '';
  return new OffprintError(
    'bad-input',
    `${name} is not something Offprint can import: it seems to be ${kind}${without}. Nothing was imported.`,
  );
}
