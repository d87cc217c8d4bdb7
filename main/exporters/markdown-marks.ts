import { createHash } from 'node:crypto';
import { withoutImagesUp } from '../../shared/note-images.ts';

/** The line that the part of a file begins with that Offprint writes. Obsidian shows it in its source only. */
export const managedBegin = '%% offprint:begin %%';

/**
 * Which values in the front matter are ours, so that the reader's own stay: those of lists, and of properties that a
 * paper may have or not.
 */
export type OwnValues = ReadonlyMap<string, readonly string[]>;

/** What the line says that our part ends with. */
export interface ManagedEnd {
  /** Of the text between the marks, as it was written; null where the line does not say. */
  digest: string | null;
  /** Short digests of the values that are ours, by the property's name. */
  own: ReadonlyMap<string, readonly string[]>;
}

/** A text without what an editor may change unasked: spaces at line ends, and the kind of line ends. */
export function trimmedLines(text: string): string {
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.trimEnd());
  return lines.join('\n').trim();
}

/**
 * Tells a text from every other that is likely to stand in its place. Besides what {@link trimmedLines} leaves out, the
 * ways up to pictures do not count: an editor changes them when the file is moved.
 */
export function digestOf(text: string, length = 16): string {
  const said = trimmedLines(withoutImagesUp(text));
  return createHash('sha256').update(said).digest('hex').slice(0, length);
}

/** A value, as {@link ManagedEnd} has it. */
export function digestOfValue(value: string): string {
  return digestOf(value, 6);
}

/**
 * The line that our part ends with: `%% offprint:end 16-hex-digits tags:6-hex-digits,… aliases:… %%`. It says what was
 * written, so that what the reader has changed since is told from it.
 */
export function managedEndFor(managed: string, own: OwnValues): string {
  const lists = [...own].filter(([, values]) => values.length > 0).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const said = lists.map(([name, values]) => ` ${name}:${values.map(digestOfValue).join(',')}`).join('');
  return `%% offprint:end ${digestOf(managed)}${said} %%`;
}

const endLine = /^%% offprint:end(?: ([0-9a-f]{16}))?((?: [a-z]+:[0-9a-f]{6}(?:,[0-9a-f]{6})*)*) %%$/;

/** Reads the line that {@link managedEndFor} writes; null for any other. */
export function readManagedEnd(line: string): ManagedEnd | null {
  const found = endLine.exec(line.trimEnd());
  if (!found) return null;
  const lists = (found[2] ?? '').split(' ').filter(Boolean);
  return {
    digest: found[1] ?? null,
    own: new Map(
      lists.map((list) => {
        const [name = '', digests = ''] = list.split(':');
        return [name, digests.split(',')];
      }),
    ),
  };
}
