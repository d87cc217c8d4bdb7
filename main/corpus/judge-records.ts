import type { Combined } from './combine.ts';
import type { LoadedRecord } from './component.ts';
import { type ImportTally, repeatOf } from './import-tally.ts';
import { printRecord } from './record-body.ts';
import { isTitleOnly, strictIds } from './record-identity.ts';
import { combine, type OnGroup } from './regroup.ts';

/** Of a paper with more records than this it is not asked what each of them changes, only whether it says anything new. */
const mostWeighed = 100;

type Judged = Parameters<OnGroup>[0];

interface Weighed {
  count: number;
  combined: Combined;
  text: string;
}

/** Tells whether a record brings a paper anything that the records before it have not brought. */
class Scales {
  readonly #records: readonly LoadedRecord[];
  readonly #all: Weighed;
  /** What the first so many records say together. */
  #last: Weighed | null = null;

  constructor({ records, combined, body }: Judged) {
    this.#records = records;
    this.#all = { count: records.length, combined, text: body };
  }

  #upTo(count: number): Weighed {
    if (count === this.#all.count) return this.#all;
    if (this.#last?.count === count) return this.#last;
    const combined = combine(this.#records.slice(0, count));
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
 * @param paper its records, oldest first, where they stood before they were grouped
 * @param tallies of the sources being imported
 */
export function judgeRecords(paper: Judged, tallies: ReadonlyMap<number, ImportTally>): void {
  const { records, key } = paper;
  const scales = new Scales(paper);
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
