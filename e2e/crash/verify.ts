import { cpSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { systemFiles } from '../../main/store/durable-file.ts';
import { Generations } from '../../main/store/generation-files.ts';
import { backupFileName, libraryFileName } from '../../main/store/opening.ts';
import { openReader } from '../../main/store/store-testing.ts';
import type { Expected } from './expected.ts';
import { type Life, remember } from './life.ts';
import type { Round } from './round.ts';
import { historyText, keptDigest, partsOf, type Stated } from './state-digest.ts';
import { missingVersion, wrongGeneration } from './verify-kept.ts';

/** What a killed process left. */
export interface Verdict {
  /** What is wrong with it, in words; null for nothing. */
  loss: string | null;
  /** What the library says now. */
  expected: Expected;
  /** How many changes are there that were not acknowledged. */
  more: number;
  notices: readonly string[];
}

/** Where two states differ, in a few words. */
export function difference(found: Stated, expected: Expected): string {
  const [is, must] = [partsOf(found), partsOf(expected)];
  const parts = Object.keys(is).filter((part) => is[part] !== must[part]);
  if (parts.includes('records')) {
    const ids = new Set([...found.records.keys(), ...expected.records.keys()]);
    const others = [...ids].filter((id) => !isDeepStrictEqual(found.records.get(id), expected.records.get(id)));
    const shown = others.slice(0, 3).map((id) => {
      return `${id}: is ${JSON.stringify(found.records.get(id))}, must be ${JSON.stringify(expected.records.get(id))}`;
    });
    return `${others.length} records differ: ${shown.join('; ')}`;
  }
  if (parts.length > 0) return `${parts.join(', ')} differ`;
  return `steps differ: ${historyText(found.history).slice(-500)}; must be ${historyText(expected.history).slice(-500)}`;
}

function isAs(found: Stated, expected: Expected): boolean {
  return keptDigest(found) === keptDigest(expected) && historyText(found.history) === historyText(expected.history);
}

/** Nobody but the owner may read what is in a data folder. */
function openToOthers(folder: string): string[] {
  if (process.platform === 'win32') return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => (lstatSync(join(folder, name)).mode & 0o077) !== 0);
}

/** Past versions of notes are written anew in the background; half of that may be left for another session. */
function isLeftover(name: string): boolean {
  return name.endsWith('.tmp') && !name.startsWith('notes');
}

/** Takes the library file and its backup away, so that the earlier states and the journal are all that there is. */
async function withoutLibraryFile(scratch: string, expected: Expected): Promise<string | null> {
  rmSync(join(scratch, libraryFileName), { force: true });
  rmSync(join(scratch, backupFileName), { force: true });
  const { store } = await openReader(scratch);
  const isThere = keptDigest(store) === keptDigest(expected);
  const loss = isThere ? null : `without library.json and its backup: ${difference(store, expected)}`;
  await store.close();
  return loss;
}

/**
 * Opens a copy of what a killed process left, as the next session would, and says whether everything
 * acknowledged is there and nothing else but a change that was under way.
 * @param scratch a folder that does not exist; it is there as long as this takes
 */
export async function verify(life: Life, scratch: string, round: Round, isOneByOne: boolean): Promise<Verdict> {
  const { folder } = life;
  const { candidates } = round;
  cpSync(folder, scratch, { recursive: true, preserveTimestamps: true });
  const open = openToOthers(folder);
  const [acknowledged] = candidates;
  if (!acknowledged) throw new Error('there is always what was there before');
  const verdict: Verdict = { loss: round.trouble, expected: acknowledged, more: 0, notices: [] };
  if (open.length > 0) verdict.loss ??= `others may read ${open.join(', ')}`;
  try {
    const { store } = await openReader(scratch);
    verdict.notices = store.notices;
    const unexpected = store.notices.filter((notice) => !notice.includes('cut off'));
    if (unexpected.length > 0) verdict.loss ??= `it was opened with complaints: ${unexpected.join(' ')}`;
    verdict.more = candidates.findIndex((expected) => isAs(store, expected));
    const expected = candidates[verdict.more];
    if (!expected) {
      verdict.loss ??= difference(store, acknowledged);
      return verdict;
    }
    verdict.expected = expected;
    if (verdict.more === 0 && round.stamp !== null && store.stamp !== round.stamp) {
      verdict.loss ??= 'the stamp is not the one that was written last';
    }
    for (const [name, entries] of Object.entries({ undo: store.history.undo, redo: store.history.redo })) {
      const must = expected.history[name as 'undo' | 'redo'];
      for (const [at, entry] of entries.entries()) {
        const step = await store.step(entry);
        const told = must[at]?.step;
        if (!isDeepStrictEqual(step, told)) verdict.loss ??= `step ${at} to ${name} is another one than it was`;
      }
    }
    remember(life, store.stamp, expected);
    verdict.loss ??= await missingVersion(store.noteVersions, expected);
    verdict.loss ??= await wrongGeneration(scratch, life, round, expected, isOneByOne);
    await store.close();

    const again = await openReader(scratch);
    if (!isAs(again.store, expected)) verdict.loss ??= `opened again: ${difference(again.store, expected)}`;
    if (again.store.notices.length > 0)
      verdict.loss ??= `opened again with complaints: ${again.store.notices.join(' ')}`;
    // What a killed process left is taken away when the next one does the same.
    await again.store.keep('asked');
    await again.marks.setNote({ id: 'arxiv:0', markedAs: [] }, '');
    await again.store.close();
    const left = readdirSync(scratch, { recursive: true, encoding: 'utf8' }).filter(isLeftover);
    if (left.length > 0) verdict.loss ??= `temporary files are left: ${left.join(', ')}`;
    if ((await new Generations(folder, systemFiles).list()).generations.length > 0) {
      rmSync(scratch, { recursive: true });
      cpSync(folder, scratch, { recursive: true, preserveTimestamps: true });
      verdict.loss ??= await withoutLibraryFile(scratch, expected);
    }
    return verdict;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
