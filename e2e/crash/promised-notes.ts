import type { PaperRecord } from '../../main/store/library-data.ts';
import type { PaperId } from '../../shared/paper.ts';

/** A text that a note had and that is to be kept, and those before it. */
export interface Promised {
  id: PaperId;
  text: string;
  writtenAt: number;
  /** When another text, or none, took its place. */
  replacedAt: number;
  removed: boolean;
  earlier: Promised | null;
}

/** A text that has stood so long is kept, in milliseconds. */
const longEnough = 60_000;
/** And one of which more than this is taken away, in UTF-16 units. */
const mostTypedOver = 40;

/** How much of a text is not in another one, if they are the same at both ends. */
function takenAway(before: string, after: string): number {
  let shortened = before;
  let rest = after;
  while (shortened !== '' && shortened[0] === rest[0]) {
    shortened = shortened.slice(1);
    rest = rest.slice(1);
  }
  while (shortened !== '' && shortened.at(-1) === rest.at(-1)) {
    shortened = shortened.slice(0, -1);
    rest = rest.slice(0, -1);
  }
  return shortened.length;
}

/**
 * What is promised once a record takes the place of another: a text that stood for a minute, or of which more
 * than a few words were taken away, or all of it, can be had again.
 */
export function promisedBy(
  id: PaperId,
  before: PaperRecord | undefined,
  after: PaperRecord | null,
  at: number,
  earlier: Promised | null,
): Promised | null {
  const text = before?.note ?? '';
  const now = after?.note ?? '';
  if (text === '' || text === now) return earlier;
  const writtenAt = before?.noteChangedAt ?? before?.changedAt ?? 0;
  const isKept = now === '' || at - writtenAt >= longEnough || takenAway(text, now) > mostTypedOver;
  return isKept ? { id, text, writtenAt, replacedAt: at, removed: now === '', earlier } : earlier;
}

/** All that is promised, by the paper's id. */
export function allPromised(last: Promised | null): Map<PaperId, Promised[]> {
  const byId = new Map<PaperId, Promised[]>();
  for (let each = last; each; each = each.earlier) byId.set(each.id, [...(byId.get(each.id) ?? []), each]);
  return byId;
}
