import { dayInWords } from './moments.ts';

/** Notes of one day, and where the first of them stands among all. */
export interface DayOfNotes<N> {
  /** `Today`, `Yesterday`, `Monday, 16 November`; empty for those of which nobody knows. */
  day: string;
  from: number;
  notes: readonly N[];
}

/** Groups notes by the day in the reader's time zone that they were changed on, in their order. @param now the present moment */
export function notesByDay<N extends { changedAt: number | null }>(notes: readonly N[], now: number): DayOfNotes<N>[] {
  const days: { day: string; from: number; notes: N[] }[] = [];
  for (const [at, note] of notes.entries()) {
    const day = note.changedAt === null ? '' : dayInWords(note.changedAt, now);
    const last = days.at(-1);
    if (last?.day === day) last.notes.push(note);
    else days.push({ day, from: at, notes: [note] });
  }
  return days;
}
