import type { Marks, PaperId } from '../../shared/paper.ts';
import type { PaperRecord } from './library-data.ts';
import { marksOf } from './records.ts';
import type { Commit } from './store.ts';

/** The marks of one record, as a mirror needs them. */
export interface RecordedMarks extends Marks {
  id: PaperId;
  /** The text of the note; empty for none. */
  note: string;
  /** When the paper was marked read; null while it is not. */
  readAt: number | null;
  /** As in the record. */
  absorbs?: Readonly<Record<PaperId, number>>;
}

/** Whoever keeps a copy of the marks in order to filter, sort and count by them. */
export interface MarksMirror {
  readonly marksStamp: string | null;
  /** Must refuse when the stamp is not `from`. */
  applyMarks(step: { from: string | null; to: string }, marks: readonly RecordedMarks[]): Promise<void>;
  replaceMarks(stamp: string, marks: readonly RecordedMarks[]): Promise<void>;
}

function mirrored(records: Iterable<readonly [PaperId, PaperRecord | null]>): RecordedMarks[] {
  return Array.from(records, ([id, record]) => {
    const own = { id, note: record?.note ?? '', readAt: record?.readAt ?? null };
    return { ...own, ...marksOf(record ?? undefined), ...(record?.absorbs && { absorbs: record.absorbs }) };
  });
}

/**
 * Keeps a mirror of the store up to date, after the store and never before it. Every commit is
 * sent as the step from the one before, so that a mirror that could not take one cannot take the
 * next, and never carries the stamp of a state that it does not show. What it could not take goes
 * along with the next commit; should there be none, the mirror is filled anew at the next opening.
 */
export class MirrorKeeper {
  readonly #mirror: MarksMirror;
  /** The stamp that the mirror is known to carry. */
  #taken: string | null = null;
  /** Commits after that one, oldest first, which the mirror has not been heard to take. */
  #sent: Commit[] = [];
  #messages = 0;
  /** The last message that carried all of `#sent`; one before it may fail without harm. */
  #whole = 0;
  #refused = false;
  /** Resolves when the last message is answered, with why it was refused, or null. */
  #answered: Promise<unknown> = Promise.resolve(null);

  constructor(mirror: MarksMirror) {
    this.#mirror = mirror;
  }

  /** Fills the mirror anew when its stamp is not the store's. A new mirror has nothing that an empty store lacks. */
  async catchUp(stamp: string, records: ReadonlyMap<PaperId, PaperRecord>): Promise<void> {
    const { marksStamp } = this.#mirror;
    this.#taken = marksStamp;
    const isNewAndSoAreWe = marksStamp === null && records.size === 0;
    if (marksStamp === stamp || isNewAndSoAreWe) return;
    await this.#mirror.replaceMarks(stamp, mirrored(records));
    this.#taken = stamp;
  }

  /**
   * Fills a mirror anew that another has come in the place of, with all that is in the store at the
   * moment of this call. What was sent to the other counts no more.
   */
  async refill(stamp: string, records: ReadonlyMap<PaperId, PaperRecord>): Promise<void> {
    this.#sent = [];
    this.#taken = stamp;
    this.#refused = false;
    this.#messages += 1;
    this.#whole = this.#messages;
    const filling = this.#mirror.replaceMarks(stamp, mirrored(records));
    this.#answered = filling.then(
      () => null,
      (refusal: unknown) => refusal,
    );
    await filling;
  }

  /** Sends a commit on its way. Calls made to the mirror's owner from now on see it. Never throws. */
  follow(commit: Commit): void {
    const last = this.#sent.at(-1)?.stamp ?? this.#taken;
    this.#sent.push(commit);
    this.#messages += 1;
    if (this.#refused) {
      this.#refused = false;
      this.#whole = this.#messages;
      this.#send(this.#taken, this.#sent);
    } else this.#send(last, [commit]);
  }

  /**
   * Resolves when the mirror has taken every commit so far. What it refused is sent once more.
   * @throws whatever the mirror threw at that
   */
  async settled(): Promise<void> {
    await this.#answered;
    if (!this.#refused || this.#sent.length === 0) return;
    this.#refused = false;
    this.#messages += 1;
    this.#whole = this.#messages;
    this.#send(this.#taken, this.#sent);
    const refusal = await this.#answered;
    if (refusal !== null) throw refusal;
  }

  #send(from: string | null, commits: readonly Commit[]): void {
    const message = this.#messages;
    const to = commits.at(-1)?.stamp ?? '';
    this.#answered = this.#mirror.applyMarks({ from, to }, mirrored(latest(commits))).then(
      () => {
        this.#taken = to;
        this.#sent.splice(0, this.#sent.findIndex(({ stamp }) => stamp === to) + 1);
        return null;
      },
      (refusal: unknown) => {
        this.#refused ||= message >= this.#whole;
        return refusal;
      },
    );
  }
}

/** The records that commits leave, the last word of each. */
function latest(commits: readonly Commit[]): Iterable<readonly [PaperId, PaperRecord | null]> {
  const [only, ...others] = commits;
  if (only && others.length === 0) return only.papers;
  return new Map(commits.flatMap(({ papers }) => [...papers]));
}
