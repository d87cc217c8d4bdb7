import { OffprintError } from '../../shared/outcome.ts';
import type { RemovedSource, Stayed, StoredChange } from './changes-table.ts';
import { restoreSources, stayedOf } from './restore-source.ts';
import type { SourceRow } from './source-rows.ts';
import type { WriterSession } from './writer-session.ts';

/**
 * Takes sources away, and the papers that only they brought.
 * @param stayed what was left of them when they went before; null when they have not
 */
export type RemoveSources = (sources: readonly number[], stayed: Stayed | null) => Promise<unknown>;

/** All that is needed to bring a source back that is about to go. */
export function asRemoved(session: WriterSession, row: SourceRow): RemovedSource {
  return { ...row, size: session.tables.records.lastPosition(row.id) };
}

function refuseMerge({ kind, label }: StoredChange): void {
  // Which papers are the same is said by the reader's data, and the writer follows.
  if (kind === 'merge') throw new OffprintError('refused', `“${label}” is for the reader's data to turn.`);
}

/**
 * Takes an import or a removal back in the open transaction.
 * @throws OffprintError `refused` when it cannot be taken back (any more)
 */
export async function takeBack(session: WriterSession, change: StoredChange, remove: RemoveSources): Promise<void> {
  refuseMerge(change);
  const { tables, changes } = session;
  const { id, label, sources, removed } = change;
  if (removed !== null) {
    changes.setStayed(id, stayedOf(session, removed));
    await restoreSources(session, [removed]);
  } else {
    const living = sources.flatMap((source) => tables.sources.get(source) ?? []);
    if (living.length === 0) {
      throw new OffprintError('refused', `What “${label}” brought has been removed since. Nothing was changed.`);
    }
    changes.setGone(
      id,
      living.map((row) => asRemoved(session, row)),
    );
    await remove(
      living.map(({ id }) => id),
      null,
    );
  }
  changes.setUndone(id, true);
}

/**
 * Does an import or a removal again that has been taken back, in the open transaction.
 * @throws OffprintError `refused` when it cannot be done again (any more)
 */
export async function doAgain(session: WriterSession, change: StoredChange, remove: RemoveSources): Promise<void> {
  refuseMerge(change);
  const { tables, changes } = session;
  const { id, label, removed, stayed, gone } = change;
  if (removed !== null) {
    if (tables.sources.get(removed.id) === undefined) {
      throw new OffprintError('refused', `The source “${removed.name}” has been removed since. Nothing was changed.`);
    }
    await remove([removed.id], stayed);
    changes.setStayed(id, null);
  } else {
    if (gone.length === 0) {
      const message = `“${label}” cannot be done again: what it brought is not kept any more. Nothing was changed.`;
      throw new OffprintError('refused', message);
    }
    await restoreSources(session, gone);
    changes.setGone(id, []);
  }
  changes.setUndone(id, false);
}

/**
 * Forgets what imports that have been taken back brought, in the open transaction.
 * @param except those that may still be done again
 * @returns captures that nothing refers to then
 */
export function forgetGone({ tables, changes }: WriterSession, except: readonly number[]): string[] {
  const forgotten = changes.allGone().filter(({ id }) => !except.includes(id));
  for (const { id } of forgotten) changes.setGone(id, []);
  const captures = forgotten.flatMap(({ gone }) => gone.flatMap(({ capture }) => capture ?? []));
  return captures.filter((capture) => !tables.sources.usesCapture(capture) && !changes.needsCapture(capture));
}
