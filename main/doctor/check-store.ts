import { join } from 'node:path';
import { BaseFinder, isReadable, type Plan } from '../store/base.ts';
import { type FoundLibrary, findLibrary } from '../store/found-file.ts';
import { type FoundJournal, JournalFolder, journalFolderName } from '../store/journal-folder.ts';
import type { ScannedSegment } from '../store/journal-scan.ts';
import { backupFileName, libraryFileName, type OpenedStore, openStored } from '../store/opening.ts';
import { plainMoment, sourceOf } from '../store/opening-words.ts';
import { isWithout } from '../store/replay.ts';
import { reasonOfCode } from '../store/system-reasons.ts';
import { amiss, counted, type Finding, fine, type Patient, some } from './finding.ts';
import type { RepairBench } from './repair-bench.ts';

/** What is there of what the reader has said, looked at and not touched. */
export interface LookedAtStore {
  library: FoundLibrary;
  backup: FoundLibrary;
  journal: FoundJournal;
  segments: readonly ScannedSegment[];
  /** What opening would bring together; null where there is nothing. */
  plan: Plan | null;
  /** As it would be open, without anything being written. */
  opened: OpenedStore;
}

/** Looks at the library file, its backup and the journal. */
export async function lookAtStore({ folder, files }: Patient): Promise<LookedAtStore> {
  const [libraryPath, backupPath] = [join(folder, libraryFileName), join(folder, backupFileName)];
  const library = await findLibrary(files, libraryPath);
  const journal = await new JournalFolder(folder, files).find();
  const backup = await findLibrary(files, backupPath);
  const segments = journal.kind === 'segments' ? journal.segments : [];
  const isAllRead = [library, journal, backup].every(({ kind }) => kind !== 'unreadable');
  const choice = { library, libraryPath, backup, backupPath, segments };
  const plan = isAllRead ? await new BaseFinder(folder, files, choice).find() : null;
  const readOnly = 'The doctor looks and changes nothing.';
  const opened = await openStored({ folder, files, journal: new JournalFolder(folder, files), readOnly });
  return { library, backup, journal, segments, plan, opened };
}

/** What opening the library says that it did. */
async function openedAnew(bench: RepairBench): Promise<string> {
  const store = await bench.store();
  await bench.writeAnew();
  return store.notices.join(' ') || 'Everything is written anew.';
}

function newerOrUnread(
  name: 'library' | 'backup' | 'journal',
  path: string,
  found: { kind: string; code?: string },
): Finding {
  if (found.kind === 'newer') {
    const message = `${path} was written by a newer Offprint. It can be read as far as this one understands it, and nothing can be changed.`;
    return amiss(name, 'problem', message);
  }
  const message = `${path} could not be read: ${reasonOfCode(found.code ?? 'unknown')}. So your marks and notes are not shown, and nothing can be changed.`;
  return amiss(name, 'problem', message);
}

/** Whether the library file is there and good; where it is not, what would take its place. */
export function checkLibrary({ folder }: Patient, { library, plan, opened }: LookedAtStore): Finding {
  const path = join(folder, libraryFileName);
  if (library.kind === 'newer' || library.kind === 'unreadable') return newerOrUnread('library', path, library);
  const would = (what: string) => ({ would: what, repair: openedAnew });
  if (isReadable(library)) {
    const notes = [...library.data.papers.values()].filter(({ note }) => note !== undefined).length;
    const says = `marks of ${counted(library.data.papers.size, 'paper')}, ${counted(notes, 'note')}, written ${plainMoment(library.writtenAt)}`;
    if (library.unclear.length === 0) return fine('library', `${path} is whole: ${says}.`);
    return {
      ...{ name: 'library', state: 'problem' },
      message: `${path} says something that could not be understood in full, of ${some(library.unclear)}.`,
      ...would('Keep a copy of it under a dated name, and write it anew with all that could be understood.'),
    };
  }
  const what = library.kind === 'missing' ? `${path} is missing.` : `${path} ${library.reason}.`;
  const keep = library.kind !== 'missing' ? 'Keep the damaged file under a dated name, and ' : '';
  const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  if (plan !== null) {
    const changes =
      plan.found.lines.length > 0 && plan.base.from !== 'journal' ? ' and the journal of the changes after it' : '';
    const lacking = plan.isIncomplete ? ' Something may be missing then.' : '';
    return {
      ...{ name: 'library', state: 'problem', message: what },
      ...would(sentence(`${keep}bring your marks and notes back from ${sourceOf(plan.base)}${changes}.${lacking}`)),
    };
  }
  if (library.kind === 'missing' && opened.notices.length === 0) {
    return fine('library', `There is nothing yet that you have said of papers (${path}).`);
  }
  return {
    ...{ name: 'library', state: 'problem' },
    message: `${what} There is nothing beside it that your marks and notes could be brought back from.`,
    would: library.kind !== 'missing' ? `${keep}begin with an empty one.` : 'Begin with an empty one.',
    async repair(bench) {
      const store = await bench.store();
      // Where nothing is, nothing is written by opening alone.
      await store.change({});
      return store.notices.join(' ') || 'An empty one has been begun.';
    },
  };
}

/** Whether the library file of the time before is good. */
export function checkBackup({ folder }: Patient, { library, backup }: LookedAtStore): Finding {
  const path = join(folder, backupFileName);
  if (backup.kind === 'missing')
    return fine('backup', 'There is no backup of library.json yet; the next time it is written there is.');
  if (backup.kind === 'newer' || backup.kind === 'unreadable') return newerOrUnread('backup', path, backup);
  if (isReadable(backup)) return fine('backup', `${path} is whole, of ${plainMoment(backup.writtenAt)}.`);
  return {
    ...{ name: 'backup', state: 'problem', message: `${path} ${backup.reason}.` },
    would: 'Keep the damaged file under a dated name, and make a new backup.',
    async repair(bench) {
      // Where the library is broken as well, both have been set aside on its account.
      const name = isReadable(library) ? await bench.setAside(path) : null;
      await bench.writeAnew();
      return name === null ? 'A new backup is made.' : `The damaged file is kept as ${name}, and a new backup is made.`;
    },
  };
}

/** Whether the journal is whole and belongs to the library file. */
export function checkJournal(patient: Patient, looked: LookedAtStore): Finding {
  const { folder, isHeld } = patient;
  const { journal, segments, plan } = looked;
  const path = join(folder, 'journal');
  const problem = (message: string, would: string, kept: readonly ScannedSegment[] = []): Finding => ({
    ...{ name: 'journal', state: 'problem', message, would },
    repair: (bench) => writtenAnew(bench, path, kept),
  });
  if (journal.kind === 'unreadable') return newerOrUnread('journal', journal.path, journal);
  if (journal.kind === 'obstacle') {
    return problem(
      `${path} ${journal.reason}, where the journal of your changes should be.`,
      'Keep it under a dated name, and begin a new journal. What was changed after library.json was written may be missing.',
    );
  }
  const newer = segments.find(({ isNewer }) => isNewer);
  if (newer) return newerOrUnread('journal', join(path, newer.name), { kind: 'newer' });
  if (plan === null && segments.length === 0) return fine('journal', 'There is no journal yet.');
  const broken = segments.filter(({ isDamaged }) => isDamaged);
  const damaged = broken.map(({ name }) => name);
  const { lost = 0, refused = null, torn = false, lines = [] } = plan?.found ?? {};
  const anew =
    'Keep what is damaged under a dated name, and write library.json, its backup and an earlier state anew with all that can be read.';
  if (refused !== null) {
    const why = refused === 'later' ? 'is older than' : 'does not belong to';
    return problem(
      `${libraryFileName} ${why} the journal beside it (${path}), so it has been put there from elsewhere.`,
      'Keep the journal under a dated name, and go on with library.json.',
    );
  }
  if (plan?.base.position && isWithout(segments, plan.base.position)) {
    return problem(
      `The journal of your changes (${path}) is missing. What you changed after library.json was written may be missing too.`,
      'Begin a new one. Undo does not know any more what your changes before that did.',
    );
  }
  if (lost > 0) {
    return problem(
      `The journal of your changes (${path}) lacks ${counted(lost, 'change')} or more${damaged.length > 0 ? `; damaged: ${some(damaged)}` : ''}.`,
      anew,
    );
  }
  if (damaged.length > 0) {
    return problem(
      `The journal of your changes (${path}) is damaged at a place that library.json has too: ${some(damaged)}.`,
      anew,
      broken,
    );
  }
  const says = `${counted(segments.length, 'file')}, ${counted(lines.length, 'change')} after library.json`;
  if (torn && !isHeld) {
    return {
      ...{ name: 'journal', state: 'warning' },
      message: `Offprint was cut off while it was saving: the last line of the journal (${path}) is not whole. Everything that had been saved before is there.`,
      would: 'Cut off the half line.',
      repair: (bench) => writtenAnew(bench, path, []),
    };
  }
  return fine('journal', `The journal of your changes (${path}) is whole: ${says}.`);
}

/** @param damaged files of the journal in which something is damaged that opening does not need, and so does not keep */
async function writtenAnew(bench: RepairBench, path: string, damaged: readonly ScannedSegment[]): Promise<string> {
  const kept: string[] = [];
  for (const { name, isFile } of damaged) {
    const file = join(path, name);
    kept.push(isFile ? await bench.copyAside(file, `${journalFolderName}.log`) : await bench.setAside(file));
  }
  const store = await bench.store();
  await bench.writeAnew();
  const copies = kept.length === 0 ? '' : `What was damaged is kept as ${kept.join(' and ')}.`;
  return [...store.notices, copies, 'Everything is written anew.'].filter((said) => said !== '').join(' ');
}
