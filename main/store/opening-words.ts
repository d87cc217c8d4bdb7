import { basename } from 'node:path';
import type { Base, Plan } from './base.ts';
import type { FoundLibrary } from './found-file.ts';
import type { Survey } from './replay.ts';
import { reasonOfCode } from './system-reasons.ts';

// What the reader is told at opening, in whole sentences.

/** A moment as it stands in sentences: `2026-11-23 08:15 UTC`. */
export function plainMoment(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Why nothing can be changed where a newer Offprint has been. */
export function newerSentence(path: string): string {
  return (
    `${path} was written by a newer Offprint. What this one understands of it is shown, and nothing can be changed: ` +
    'install the newer Offprint.'
  );
}

/** Why nothing is shown and nothing can be changed where the system refuses to read. */
export function unreadableSentence(path: string, code: string): string {
  return (
    `${path} could not be read: ${reasonOfCode(code)}. So your marks and notes are not shown, and nothing can be ` +
    'changed. Nothing has been touched; start Offprint again when the file can be read.'
  );
}

/** Why nothing can be changed where what is damaged could not be kept first. */
export function notKeptSentence(folder: string, code: string): string {
  return (
    `Something in ${folder} is damaged and could not be kept under another name: ${reasonOfCode(code)}. So that nothing ` +
    'is lost, nothing can be changed; start Offprint again when the folder can be written to.'
  );
}

/** Where damaged files are now. */
export function keptSentence(names: readonly string[]): string {
  if (names.length === 0) return '';
  if (names.length === 1) return ` The damaged file is kept as ${names[0]}.`;
  return ` What was damaged is kept as ${names.join(' and ')}.`;
}

function whatWas(name: string, found: FoundLibrary): string {
  return found.kind === 'damaged' ? `${name} ${found.reason}.` : `${name} was missing.`;
}

/** Where data come from, in words that go on a sentence. */
export function sourceOf({ from, path, since }: Base): string {
  const moment = since === null || since === 0 ? '' : ` of ${plainMoment(since)}`;
  switch (from) {
    case 'backup':
      return `the backup${moment}`;
    case 'generation':
      return `the earlier state${moment}`;
    case 'journal':
      return 'the journal of changes';
    default:
      return `what can still be read of ${basename(path ?? '')}`;
  }
}

/** What was found, what was brought back, and from when. */
export function rescueSentence(name: string, library: FoundLibrary, plan: Plan, kept: readonly string[]): string {
  const { base, found, isIncomplete, remains } = plan;
  const hasChanges = found.lines.length > 0 && base.from !== 'journal';
  const changes = hasChanges ? ' and the journal of the changes after it' : '';
  const rest = remains.length > 0 ? ', and from what can still be read of what is damaged' : '';
  const isWhole = base.from === 'journal' && !isIncomplete;
  const older = base.from === 'journal' && !isWhole ? ' What is older than the journal is not in it.' : '';
  const lacking = isIncomplete && older === '' ? ' Something that you changed after that may be missing.' : '';
  return (
    `${whatWas(name, library)} Your marks and notes were brought back from ${sourceOf(base)}${changes}${rest}.` +
    `${older}${lacking}${keptSentence(kept)}`
  );
}

/** That a state kept later than the library file took its place, for the journal lacks what is between them. */
export function laterSentence(base: Base): string {
  return `Your marks and notes were brought back from ${sourceOf(base)} and the journal of the changes after it.`;
}

/** What was found where nothing could be brought back. */
export function emptySentence(
  name: string,
  folder: string,
  library: FoundLibrary,
  backup: FoundLibrary | null,
  kept: readonly string[],
): string {
  const broken = library.kind === 'damaged' ? library : backup?.kind === 'damaged' ? backup : null;
  const what =
    broken === null
      ? `${name} was missing, and there is nothing beside it that your marks and notes could be brought back from.`
      : `The file with your marks and notes ${broken.reason}, and there is no good backup beside it.`;
  const names = kept.length === 0 ? '' : ` What was there is kept as ${kept.join(' and ')} in ${folder}.`;
  return `${what} Offprint has started with an empty one.${names}`;
}

/** That there is no journal where one was. */
export function goneSentence(path: string, name: string, reason: string | null, kept: string | null): string {
  const what = reason === null ? 'was missing' : `${reason}, not a folder`;
  const where = kept === null ? '' : ` What was in its place is kept as ${kept}.`;
  return (
    `The journal of your changes (${path}) ${what}. What you changed after ${name} was last written may be missing too, ` +
    `and Undo no longer knows what your changes before that did.${where}`
  );
}

/** What is wrong with the journal. */
export function damagedSentence(kept: readonly string[]): string {
  return (
    'The journal of your changes is damaged at one place or more. What stands before and after has been kept; a change ' +
    `in between may be lost.${keptSentence(kept)}`
  );
}

/** That half a line was left out. */
export const tornSentence =
  'Offprint was cut off while it was saving: the last line of its journal was not whole and has been left out. ' +
  'Everything that had been saved before that is there.';

/** Why the journal was not laid over a library file that somebody has put there. */
export function putThereSentence(
  name: string,
  refused: NonNullable<Survey['refused']>,
  kept: readonly string[],
): string {
  const why = refused === 'later' ? 'is older than' : 'does not belong to';
  const where = kept.length === 0 ? '' : `; what the journal says is kept as ${kept.join(' and ')}`;
  return `${name} ${why} the journal beside it, so it has been put there from elsewhere. It is what you see${where}.`;
}

/** That the library file is older than the journal, and why that has been laid over it all the same. */
export function copiedSentence(name: string): string {
  return (
    `${name} is older than the journal beside it, as in a folder that was copied while Offprint was using it. ` +
    'What the journal says has been added to it.'
  );
}

/** What could not be understood of the library file. @param unclear as in `ReadableLibrary` */
export function unclearSentence(name: string, unclear: readonly string[], kept: string | null): string {
  const parts = unclear.filter((each) => each.startsWith('“'));
  const papers = unclear.filter((each) => !each.startsWith('“'));
  const count = papers.length === 1 ? '1 paper' : `${papers.length} papers`;
  const about = papers.length === 0 ? parts : [`${count} (${papers.slice(0, 3).join(', ')})`, ...parts];
  const where = kept === null ? '' : ` The file as it was is kept as ${kept}.`;
  return `What ${name} says about ${about.join(', ')} could not be understood in full.${where}`;
}

/** What could not be understood of the journal. */
export function unclearLinesSentence(unclear: readonly string[], kept: readonly string[]): string {
  const what = [...new Set(unclear)].slice(0, 3).join(', ');
  const where = kept.length === 0 ? '' : ` The file as it was is kept as ${kept.join(' and ')}.`;
  return `What the journal says of ${what} could not be understood in full.${where}`;
}

/** That something else stood where a folder or a file of ours belongs. */
export function obstacleSentence(name: string, reason: string, kept: string | null): string {
  return `${name} ${reason}, where Offprint keeps something of its own.${kept === null ? '' : ` It is kept as ${kept}.`}`;
}

/** That earlier states which were looked for could not be read. */
export function generationsSentence(unreadable: string | null, damaged: readonly string[]): string | null {
  if (unreadable !== null) return `Earlier states could not be read: ${reasonOfCode(unreadable)}.`;
  if (damaged.length === 0) return null;
  return `An earlier state is damaged and was left where it is (${damaged.slice(0, 3).join(', ')}).`;
}
