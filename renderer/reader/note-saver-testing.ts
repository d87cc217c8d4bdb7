import fc from 'fast-check';
import { expect } from 'vitest';
import { NoteWriters } from '../../shared/note-writers.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { PaperId } from '../../shared/paper.ts';
import { NoteSaver, patience } from './note-saver.ts';
import type { SaveHow } from './note-sending.ts';

/** Ids of two papers. */
export const a = 'arxiv:2306.00001';
export const b = 'arxiv:2306.00002';

/** Timers that run when told to. */
export class Timers {
  pending: { task: () => void; milliseconds: number }[] = [];

  later = (task: () => void, milliseconds: number) => {
    const timer = { task, milliseconds };
    this.pending.push(timer);
    return () => {
      this.pending = this.pending.filter((other) => other !== timer);
    };
  };

  run(index: number): void {
    const [timer] = this.pending.splice(index, 1);
    timer?.task();
  }

  /** Runs every timer that waits for this long; says how many there were. */
  runAll(milliseconds: number): number {
    const due = this.pending.filter((timer) => timer.milliseconds === milliseconds);
    this.pending = this.pending.filter((timer) => timer.milliseconds !== milliseconds);
    for (const { task } of due) task();
    return due.length;
  }
}

/** What the reader, the clock, the disk and other windows do. */
export type Step =
  | { do: 'edit'; id: PaperId; text: string }
  | { do: 'switch' | 'retry' | 'answer' | 'leave' }
  | { do: 'timer'; index: number }
  | { do: 'disk'; broken: boolean }
  | { do: 'elsewhere'; id: PaperId };

const anyId = fc.constantFrom(a, a, a, b);
const stepsHere: fc.MaybeWeightedArbitrary<Step>[] = [
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('edit' as const), id: anyId, text: fc.string({ maxLength: 3 }) }),
  },
  { weight: 5, arbitrary: fc.constant({ do: 'answer' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('timer' as const), index: fc.nat(6) }) },
  { weight: 3, arbitrary: fc.constantFrom<Step>({ do: 'switch' }, { do: 'retry' }, { do: 'leave' }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('disk' as const), broken: fc.boolean() }) },
];
/** Any step of this window and its disk. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(...stepsHere);
/** Any step, other windows' among them. */
export const anyStepAnywhere: fc.Arbitrary<Step> = fc.oneof(...stepsHere, {
  weight: 2,
  arbitrary: fc.record({ do: fc.constant('elsewhere' as const), id: anyId }),
});

/** Flushes while the scheduler lets every save through, until nothing is on its way. */
async function flushWith(scheduler: fc.Scheduler, saver: NoteSaver): Promise<void> {
  let over = false;
  const end = () => {
    over = true;
  };
  saver.flush().then(end, end);
  // A promise settles some turns after its cause; many turns without one mean that it never will.
  for (let idle = 0; idle < 50; idle += 1) {
    if (scheduler.count() > 0) {
      await scheduler.waitNext(1);
      idle = 0;
    } else await Promise.resolve();
  }
  expect(over).toBe(true);
}

/** What the disk holds, who wrote it, and what this window's reader has seen of it. */
class SharedDisk {
  readonly notes = new Map<PaperId, string>();
  /** What was last written elsewhere, and has not been given up by a reader who saw it. */
  readonly elsewhere = new Map<PaperId, string>();
  /** What this window sent or showed. */
  readonly known = new Set<string>(['']);
  /** The papers whose notes were ever written elsewhere: what is typed may then stand beside that. */
  readonly shared = new Set<PaperId>();
  readonly #writers = new NoteWriters();
  #written = 0;

  /** Saves as the library does. */
  save(id: PaperId, text: string, { over, joins }: SaveHow): string | null {
    const saved = this.notes.get(id) ?? '';
    this.known.add(text);
    const becomes = over === null ? text : this.#writers.decide(id, saved, { text, over, joins });
    if (becomes === null) return saved;
    // The rule of it all: what was written elsewhere and not seen here is not written over.
    expect([...this.known, becomes].some((text) => text.includes(saved))).toBe(true);
    this.notes.set(id, becomes);
    return becomes === text ? null : becomes;
  }

  /** Another window writes a whole other note, which no one has written before. */
  write(id: PaperId): void {
    this.#written += 1;
    const text = `elsewhere ${this.#written}.`;
    this.notes.set(id, text);
    this.elsewhere.set(id, text);
    this.shared.add(id);
  }
}

/**
 * Plays any interleaving of typing, switching, timers, other windows, and saves that reach the disk and are
 * answered in any order; then saves everything while the disk works or not.
 * @param patient plays without giving up on unanswered saves; then "saved" is true at every moment,
 * else only once the last belated answer is in
 * @returns what was typed last of each paper, without what was on the disk already when another window took its place
 */
export async function play(
  scheduler: fc.Scheduler,
  steps: readonly Step[],
  { brokenAtEnd, patient }: { brokenAtEnd: boolean; patient: boolean },
) {
  const timers = new Timers();
  const disk = new SharedDisk();
  const typed = new Map<PaperId, string>();
  let broken = false;
  const saver = new NoteSaver({
    later: (task, milliseconds) => (patient && milliseconds === patience ? () => {} : timers.later(task, milliseconds)),
    async save(id, text, how) {
      await scheduler.schedule(Promise.resolve(), 'reaches the disk');
      if (broken) throw new OffprintError('unreadable', 'The disk is full.');
      const instead = disk.save(id, text, how);
      await scheduler.schedule(Promise.resolve(), 'is answered');
      return instead;
    },
  });
  const shown = (id: PaperId) => saver.text(id, { note: '', stamp: 0 });
  const check = () => {
    for (const [id, text] of typed) {
      const state = saver.state(id);
      disk.known.add(shown(id));
      // Of what was joined with it, too, nothing is lost.
      if (state.kind !== 'saved') expect(shown(id)).toContain(text);
      else if (patient && !disk.shared.has(id)) expect(disk.notes.get(id)).toBe(text);
    }
  };
  for (const step of steps) {
    if (step.do === 'edit') {
      const before = shown(step.id);
      disk.known.add(before);
      const other = disk.elsewhere.get(step.id);
      if (other !== undefined && before.includes(other)) disk.elsewhere.delete(step.id);
      typed.set(step.id, step.text);
      saver.edit(step.id, step.text, before);
    } else if (step.do === 'elsewhere') {
      if (disk.notes.get(step.id)?.includes(typed.get(step.id) ?? '')) typed.delete(step.id);
      disk.write(step.id);
    } else if (step.do === 'switch') {
      saver.settle(a);
      saver.settle(b);
    } else if (step.do === 'retry') saver.retry();
    else if (step.do === 'leave') saver.leave();
    else if (step.do === 'timer') timers.run(step.index);
    else if (step.do === 'disk') broken = step.broken;
    else if (scheduler.count() > 0) await scheduler.waitNext(1);
    check();
  }
  broken = brokenAtEnd;
  await flushWith(scheduler, saver);
  // Once more: what was given up may have been answered during the flush.
  await flushWith(scheduler, saver);
  check();
  return { saver, disk, typed };
}
