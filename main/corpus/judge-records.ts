import { type Combined, combineRecords } from './combine.ts';
import type { LoadedRecord } from './component.ts';
import { type ImportTally, repeatOf } from './import-tally.ts';
import { printRecord } from './record-body.ts';
import { isTitleOnly, strictIds } from './record-identity.ts';

/** Of a paper with more records than this it is not asked what each of them changes, only whether it says anything new. */
const mostWeighed = 100;

/** Tells whether a record brings a paper anything that the records before it have not brought. */
class Scales {
  readonly #records: readonly LoadedRecord[];
  /** What the first so many records say together. */
  #last: { count: number; combined: Combined; text: string } | null = null;

  constructor(records: readonly LoadedRecord[]) {
    this.#records = records;
  }

  #upTo(count: number) {
    if (this.#last?.count === count) return this.#last;
    const combined = combineRecords(this.#records.slice(0, count).map(({ facts }) => facts));
    this.#last = { count, combined, text: printRecord(combined.shown) };
    return this.#last;
  }

  brings(index: number): boolean {
    const record = this.#records[index];
    if (record === undefined) return false;
    const earlier = this.#records.slice(0, index);
    if (this.#records.length > mostWeighed) return !earlier.some(({ body }) => body === record.body);
    const before = this.#upTo(index);
    const after = this.#upTo(index + 1);
    if (before.text !== after.text) return true;
    if (before.combined.revisions.length !== after.combined.revisions.length) return true;
    if (isTitleOnly(record.identity)) return false;
    const known = new Set(earlier.flatMap(({ identity }) => strictIds(identity)));
    return strictIds(record.identity).some((id) => !known.has(id));
  }
}

/**
 * Says of the records of one paper what became of those that are being imported. What was counted
 * when they were read is put right: a paper that looked new may be known after all.
 * @param records oldest first, as they were before they were grouped
 * @param key the paper that they are
 * @param tallies of the sources being imported
 */
export function judgeRecords(
  records: readonly LoadedRecord[],
  key: number,
  tallies: ReadonlyMap<number, ImportTally>,
): void {
  const scales = new Scales(records);
  const firstPlaces = new Map<number, string>();
  for (const [index, { row, key: ownKey }] of records.entries()) {
    const first = firstPlaces.get(row.source);
    if (first === undefined) firstPlaces.set(row.source, row.place);
    const tally = tallies.get(row.source);
    if (tally === undefined) continue;
    const lookedNew = row.paper === ownKey;
    if (index === 0) {
      if (!lookedNew) tally.new += 1;
      continue;
    }
    // It said what all others said when it was read, and was counted then.
    if (!lookedNew && row.record === null) continue;
    if (lookedNew) tally.new -= 1;
    if (scales.brings(index)) tally.merge(row.position, key);
    else if (first === undefined) tally.unchanged += 1;
    else tally.skip(row.position, row.place, repeatOf(first, records[0]?.facts.title ?? ''));
  }
}
