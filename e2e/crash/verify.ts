import { cpSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { openReader } from '../../main/store/store-testing.ts';
import type { Expected } from './expected.ts';
import type { Round } from './round.ts';
import { historyText, keptDigest, partsOf, type Stated } from './state-digest.ts';

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
function difference(found: Stated, expected: Expected): string {
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

/**
 * Opens a copy of what a killed process left, as the next session would, and says whether everything
 * acknowledged is there and nothing else but a change that was under way.
 * @param scratch a folder that does not exist; it is there as long as this takes
 */
export async function verify(folder: string, scratch: string, { candidates, ...round }: Round): Promise<Verdict> {
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
    await store.close();

    const again = await openReader(scratch);
    if (!isAs(again.store, expected)) verdict.loss ??= `opened again: ${difference(again.store, expected)}`;
    if (again.store.notices.length > 0)
      verdict.loss ??= `opened again with complaints: ${again.store.notices.join(' ')}`;
    await again.store.close();

    const left = readdirSync(scratch, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tmp'));
    if (left.length > 0) verdict.loss ??= `temporary files are left: ${left.join(', ')}`;
    return verdict;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
