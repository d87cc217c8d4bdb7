/**
 * Run in a process of its own: changes a library without end, and tells of each change before it is
 * written and when it is acknowledged, until it is killed.
 */

import { GenerationKeeper } from '../../main/generation-keeper.ts';
import { SeededNumbers } from '../../main/importers/mutations.ts';
import type { FileOperations } from '../../main/store/durable-file.ts';
import { lockFolder } from '../../main/store/folder-lock.ts';
import { JournalAdapter } from '../../main/store/journal-adapter.ts';
import { NoteVersions } from '../../main/store/note-versions.ts';
import { Store } from '../../main/store/store.ts';
import { readerOf } from '../../main/store/store-testing.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { changeSomething } from './changes.ts';
import { type Plan, tell } from './messages.ts';
import { stateDigest } from './state-digest.ts';
import { tellChanges } from './telling.ts';
import { watchedFiles } from './watched-files.ts';

const plan = JSON.parse(process.argv[2] ?? '') as Plan;
const random = new SeededNumbers(plan.seed);
let clock = plan.clock;

/** Mostly a second or so goes by between two changes, sometimes minutes. */
function now(): number {
  clock += random.pick([1, 300, 900, 2000, 20_000, 61_000, 700_000]);
  return clock;
}

/** The reader's side of a library, put together as `openLibrary` does it, with files that are short. */
async function open(files: FileOperations) {
  const adapter = new JournalAdapter(plan.folder, files, plan.fold);
  const versions = new NoteVersions(
    plan.folder,
    files,
    (notice) => adapter.notices.push(notice),
    () => adapter.readOnly === null,
    () => clock,
    plan.longestNotes,
  );
  (adapter as { noteVersions: NoteVersions }).noteVersions = versions;
  const { generations } = adapter;
  const keep = generations.keep.bind(generations);
  generations.keep = async (...given) => {
    const kept = await keep(...given);
    if (kept === null) return kept;
    const { id, takenAt, reason, bytes, position } = kept;
    tell({ is: 'kept', generation: { id, takenAt, reason, bytes, position } });
    return kept;
  };
  const store = await Store.open(adapter, () => {}, now);
  const keeper = new GenerationKeeper(store, generations, (sentence) => {
    tell({ is: 'failed', error: sentence });
  });
  return { ...readerOf(store, now), keeper, versions };
}

async function write(): Promise<void> {
  // Generations are named and thinned by the clock.
  Date.now = () => clock;
  const lock = await lockFolder(plan.folder);
  tell({ is: 'begin', moment: 'opening' });
  const files = watchedFiles(plan.folder, (is, moment) => tell({ is, moment }), plan.death);
  const reader = await open(files);
  const { store, keeper, versions } = reader;
  tell({ is: 'end', moment: 'opening' });
  tell({ is: 'opened', digest: stateDigest(store), notices: store.notices });

  tellChanges(store, {
    trying: (change) => tell({ is: 'trying', change, at: clock }),
    done: () => tell({ is: 'done', stamp: store.stamp }),
  });

  keeper.start();
  let left = plan.changes;
  const keepChanging = async () => {
    while (left > 0) {
      left -= 1;
      // Some hours pass in a few hundred changes, and somebody asks for one now and then.
      if (random.below(20) === 0) void store.keep(random.pick(['hour', 'hour', 'asked', 'import'])).catch(fail);
      if (random.below(30) === 0) void versions.thin().catch(fail);
      await changeSomething(reader, random).catch((error: unknown) => {
        // A step whose text somebody has changed since is refused; that is no failure.
        if (!(error instanceof OffprintError && error.code === 'refused')) throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: plan.atOnce }, keepChanging));
  await keeper.close();
  await store.close();
  lock.release();
  tell({ is: 'closed' });
}

function fail(error: unknown): void {
  tell({ is: 'failed', error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

write().catch(fail);
