import { join } from 'node:path';
import { failureOf, OffprintError } from '../../shared/outcome.ts';
import { findEntry } from '../store/found-file.ts';
import { Generations, generationsFolderName } from '../store/generation-files.ts';
import type { HistoryEntry } from '../store/history-index.ts';
import { readStepOf } from '../store/journal-change.ts';
import { JournalFolder } from '../store/journal-folder.ts';
import { jsonOf, readLine } from '../store/journal-line.ts';
import type { LibraryData } from '../store/library-data.ts';
import { NoteLog, notesFolderName } from '../store/note-versions-log.ts';
import { plainMoment } from '../store/opening-words.ts';
import { reasonOfCode } from '../store/system-reasons.ts';
import { amiss, counted, type Finding, fine, type Patient, some } from './finding.ts';
import type { RepairBench } from './repair-bench.ts';

/** Whether what Undo and Redo need can be read. */
export async function checkUndo({ folder, files }: Patient, data: LibraryData | null): Promise<Finding> {
  if (data === null) return fine('undo', 'There is nothing to undo.');
  const journal = new JournalFolder(folder, files);
  // An import's step stands in corpus.db.
  const steps = [...data.history.undo, ...data.history.redo].filter(({ papers }) => papers === null);
  const lost: HistoryEntry[] = [];
  for (const entry of steps) {
    const line = entry.place && (await journal.read(entry.place).then(readLine, () => null));
    const isThere = line?.sequence === entry.sequence && readStepOf(jsonOf(line)) !== null;
    if (!isThere) lost.push(entry);
  }
  if (lost.length === 0) return fine('undo', `What Undo and Redo need is there: ${counted(steps.length, 'step')}.`);
  return {
    ...{ name: 'undo', state: 'problem' },
    message: `${counted(lost.length, 'step')} of Undo or Redo cannot be read any more (${join(folder, 'journal')}); your marks and notes stay as they are.`,
    would: 'Forget these steps, so that those before them can be undone.',
    repair: forgetSteps,
  };
}

async function forgetSteps(bench: RepairBench): Promise<string> {
  const store = await bench.store();
  let forgotten = 0;
  for (const entry of [...store.history.undo, ...store.history.redo]) {
    if (entry.papers !== null) continue;
    try {
      await store.step(entry);
    } catch (error) {
      if (!(error instanceof OffprintError && error.code === 'refused')) throw error;
      await store.change({ history: { kind: 'drop', entry } });
      forgotten += 1;
    }
  }
  return forgotten === 0
    ? 'Opening the library has done it.'
    : `${counted(forgotten, 'step is', 'steps are')} forgotten.`;
}

/** Puts something under a dated name that stands where a folder of ours belongs. Null when nothing does. */
async function obstacle({ folder, files }: Patient, name: 'generations' | 'notes'): Promise<Finding | null> {
  const path = join(folder, name);
  const entry = await findEntry(files, path);
  if (entry.kind === 'folder' || entry.kind === 'missing') return null;
  if (entry.kind === 'unreadable')
    return amiss(name, 'problem', `${path} could not be read: ${reasonOfCode(entry.code)}.`);
  return {
    ...{ name, state: 'problem' },
    message: `${path} ${entry.kind === 'obstacle' ? entry.reason : 'is a file'}, where there should be a folder.`,
    would: 'Keep it under a dated name.',
    async repair(bench) {
      const still = await findEntry(bench.files, path);
      if (still.kind === 'folder' || still.kind === 'missing') return 'Opening the library has done it.';
      return `It is kept as ${await bench.setAside(path)}.`;
    },
  };
}

/** Whether the earlier states can be read, each to its end. */
export async function checkGenerations(patient: Patient, data: LibraryData | null): Promise<Finding> {
  const { folder, files } = patient;
  const path = join(folder, generationsFolderName);
  const inTheWay = await obstacle(patient, 'generations');
  if (inTheWay) return inTheWay;
  const generations = new Generations(folder, files);
  const broken: string[] = [];
  const good: { takenAt: number }[] = [];
  try {
    const found = await generations.list();
    broken.push(...found.damaged.map(({ id }) => id));
    for (const each of found.generations) {
      const { kind } = await generations.read(each.id).catch((error: unknown) => {
        // Another Offprint may just have thinned it out.
        if (error instanceof OffprintError && error.code === 'not-found') return { kind: 'gone' };
        throw error;
      });
      if (kind === 'damaged') broken.push(each.id);
      else if (kind !== 'gone') good.push(each);
    }
  } catch (error) {
    return amiss('generations', 'problem', `The earlier states could not be read: ${failureOf(error).message}`);
  }
  if (broken.length > 0) {
    const names = broken.map((id) => `${id}.json.gz`);
    return {
      ...{ name: 'generations', state: 'problem' },
      message: `${counted(broken.length, 'earlier state')} in ${path} cannot be read: ${some(names)}. ${counted(good.length, 'other')} can.`,
      would: 'Keep what cannot be read under a dated name, out of the list, and keep the state of now.',
      async repair(bench) {
        const kept: string[] = [];
        for (const name of names) kept.push(await bench.setAside(join(path, name)));
        await (await bench.store()).keep('asked');
        return `What could not be read is kept as ${some(kept)}.`;
      },
    };
  }
  const [newest] = good;
  if (newest) {
    return fine(
      'generations',
      `${counted(good.length, 'earlier state')} can be read, the newest of ${plainMoment(newest.takenAt)} (${path}).`,
    );
  }
  if (data === null || data.papers.size === 0) return fine('generations', 'There are no earlier states yet.');
  return {
    ...{ name: 'generations', state: 'warning' },
    message: `No earlier state of what you have said is kept in ${path}.`,
    would: 'Keep the state of now.',
    async repair(bench) {
      await (await bench.store()).keep('asked');
      return 'The state of now is kept.';
    },
  };
}

/** Whether the past versions of notes can be read. */
export async function checkNotes(patient: Patient): Promise<Finding> {
  const { folder, files } = patient;
  const path = join(folder, notesFolderName);
  const inTheWay = await obstacle(patient, 'notes');
  if (inTheWay) return inTheWay;
  const log = new NoteLog(folder, files);
  const damaged: string[] = [];
  const newer: string[] = [];
  let texts = 0;
  try {
    for (const name of await log.names()) {
      const scanned = await log.scan(name);
      texts += scanned.texts.length;
      if (scanned.newer) newer.push(name);
      else if (scanned.damaged) damaged.push(name);
    }
  } catch (error) {
    return amiss('notes', 'problem', `The past versions of notes could not be read: ${failureOf(error).message}`);
  }
  const said = counted(texts, 'past version');
  if (damaged.length > 0) {
    return {
      ...{ name: 'notes', state: 'problem' },
      message: `${counted(damaged.length, 'file')} with past versions of notes in ${path} ${damaged.length === 1 ? 'is' : 'are'} damaged: ${some(damaged)}. ${said} can be read; your notes themselves are elsewhere.`,
      would: 'Keep a copy of what is damaged under a dated name, and write it anew with all that can be read.',
      async repair(bench) {
        const store = await bench.store();
        const before = store.notices.length;
        await store.noteVersions.newest();
        return store.notices.slice(before).join(' ') || 'Opening the library has done it.';
      },
    };
  }
  if (newer.length > 0) {
    return amiss(
      'notes',
      'warning',
      `A newer Offprint wrote ${some(newer)} in ${path}. It is left as it is; ${said} can be read.`,
    );
  }
  return fine(
    'notes',
    texts === 0 ? 'There are no past versions of notes yet.' : `${said} of notes can be read (${path}).`,
  );
}
