import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SeededNumbers } from '../../main/importers/mutations.ts';
import { openReader } from '../../main/store/store-testing.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { changeSomething } from './changes.ts';
import { after, type Expected } from './expected.ts';
import { nothingYet } from './layout-one.ts';
import { PowerCutDisk } from './power-cut-disk.ts';
import { historyText, keptDigest } from './state-digest.ts';
import { tellChanges } from './telling.ts';
import { difference } from './verify.ts';
import { missingVersion } from './verify-kept.ts';

/** What a library said from a moment on. */
interface Stage {
  expected: Expected;
  /** When it was first written to, and when it was acknowledged, as moments of the disk. */
  triedAt: number;
  doneAt: number;
}

/** Lives through so many changes, and looks at so many power cuts in them. */
export interface PowerCuts {
  changes: number;
  cuts: number;
}

/**
 * Changes a library and asks what power cuts, at any moment of that, could have left of it: whatever
 * that is, everything acknowledged must be there, and nothing else but a change that was under way.
 * @returns what was lost, in words, and at which cut
 */
export async function powerCuts({ changes, cuts }: PowerCuts, seed: number): Promise<string[]> {
  const random = new SeededNumbers(seed);
  const scratch = mkdtempSync(join(tmpdir(), 'offprint-power-'));
  const folder = join(scratch, 'data');
  mkdirSync(folder);
  const disk = new PowerCutDisk(folder);
  const stages: Stage[] = [{ expected: nothingYet(), triedAt: 0, doneAt: 0 }];
  let clock = Date.now();
  const now = () => {
    clock += random.pick([1, 900, 20_000, 61_000]);
    return clock;
  };
  try {
    const reader = await openReader(folder, disk.files, random.pick([500, 2000, 8000]), now);
    let acknowledged = 0;
    tellChanges(reader.store, {
      trying: (change) => {
        const expected = after(stages.at(-1)?.expected ?? nothingYet(), change, clock);
        stages.push({ expected, triedAt: disk.moment, doneAt: Number.POSITIVE_INFINITY });
      },
      done: () => {
        acknowledged += 1;
        const stage = stages[acknowledged];
        if (stage) stage.doneAt = disk.moment;
      },
    });
    for (let change = 0; change < changes; change += 1) {
      if (random.below(10) === 0) void reader.store.keep('asked').catch(() => {});
      await changeSomething(reader, random).catch((error: unknown) => {
        if (!(error instanceof OffprintError && error.code === 'refused')) throw error;
      });
    }
    const end = disk.moment;
    await reader.store.close();

    const losses: string[] = [];
    for (let cut = 0; cut < cuts; cut += 1) {
      const moment = random.below(end + 1);
      const left = join(scratch, 'left');
      disk.leave(left, moment, random);
      const loss = await lossIn(left, stages, moment);
      if (loss !== null) losses.push(`seed ${seed}, cut ${cut} at ${moment}: ${loss}`);
      rmSync(left, { recursive: true });
    }
    return losses;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function lossIn(folder: string, stages: readonly Stage[], moment: number): Promise<string | null> {
  const acknowledged = stages.findLastIndex(({ doneAt }) => doneAt <= moment);
  const candidates = stages.slice(acknowledged).filter(({ triedAt }) => triedAt <= moment);
  const { store } = await openReader(folder);
  try {
    const isAs = ({ expected }: Stage) =>
      keptDigest(store) === keptDigest(expected) && historyText(store.history) === historyText(expected.history);
    const found = candidates.find(isAs);
    const [must] = candidates;
    if (!must) throw new Error('there is always what was there before');
    if (!found) return difference(store, must.expected);
    const unexpected = store.notices.filter((notice) => !notice.includes('cut off'));
    if (unexpected.length > 0) return `it was opened with complaints: ${unexpected.join(' ')}`;
    return await missingVersion(store.noteVersions, found.expected);
  } finally {
    await store.close();
  }
}
