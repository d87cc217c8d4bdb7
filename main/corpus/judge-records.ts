import type { Combined } from './combine.ts';
import type { LoadedRecord } from './component.ts';
import type { ImportTally } from './import-tally.ts';
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

/** Tells whether records bring a paper anything that the records before them have not brought. */
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

  /** Do the records from one index up to another, together? */
  bring(from: number, to: number): boolean {
    const earlier = this.#records.slice(0, from);
    const these = this.#records.slice(from, to);
    if (this.#records.length > mostWeighed) {
      return these.some((record) => !earlier.some(({ body }) => body === record.body));
    }
    const before = this.#upTo(from);
    const after = this.#upTo(to);
    if (before.text !== after.text) return true;
    if (before.combined.revisions.length !== after.combined.revisions.length) return true;
    const known = new Set(earlier.flatMap(({ identity }) => strictIds(identity)));
    return these.some(({ identity }) => !isTitleOnly(identity) && strictIds(identity).some((id) => !known.has(id)));
  }
}

/**
 * Says of the records of one paper what became of those that are being imported. What was counted
 * when they were read is put right: a paper that looked new may be known after all. What stands at
 * one place of a file is counted once, though it may be several records: an abstract and an earlier
 * one.
 * @param paper its records, oldest first, where they stood before they were grouped
 * @param tallies of the sources being imported
 */
export function judgeRecords(paper: Judged, tallies: ReadonlyMap<number, ImportTally>): void {
  const { records, key } = paper;
  const scales = new Scales(paper);
  const firstPlaces = new Map<number, string>();
  let to = 0;
  for (let from = 0; from < records.length; from = to) {
    const row = records[from]?.row;
    if (row === undefined) return;
    do to += 1;
    while (records[to]?.row.source === row.source && records[to]?.row.place === row.place);
    const first = firstPlaces.get(row.source);
    if (first === undefined) firstPlaces.set(row.source, row.place);
    const tally = tallies.get(row.source);
    if (tally === undefined) continue;
    const these = records.slice(from, to);
    const lookedNew = these.filter((record) => record.row.paper === record.key).length;
    if (from === 0) {
      tally.new += 1 - lookedNew;
      continue;
    }
    tally.new -= lookedNew;
    // What said the same as all others when it was read was counted then.
    const wasCounted = these.some((record) => record.row.paper !== record.key && record.row.record === null);
    if (wasCounted && these.length === 1) continue;
    if (scales.bring(from, to)) {
      if (wasCounted && first === undefined) tally.unchanged -= 1;
      tally.merge(row.position, key);
    } else if (wasCounted) continue;
    else if (first === undefined) tally.unchanged += 1;
    else tally.repeat(row.position, row.place, first, records[0]?.facts.title ?? '');
  }
}
