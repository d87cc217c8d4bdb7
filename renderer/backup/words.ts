import type { Copies } from '../../shared/backup.ts';
import type { Generation, GenerationReason, Said } from '../../shared/generations.ts';
import { statusLabels } from '../../shared/paper.ts';
import { shortDate } from '../list/dates.ts';
import { counted } from '../state/import-words.ts';
import type { Compared } from '../state/keeping.ts';

/** Why an earlier state was kept, as a reader would say it. */
export const reasonWords: Record<GenerationReason, string> = {
  start: 'When Offprint was opened',
  hour: 'An hour of changes',
  migration: 'Before an update of Offprint',
  import: 'Before an import',
  restore: 'Before something was restored',
  'large-change': 'Before a large change',
  asked: 'Kept by you',
};

/** What an earlier state holds: `12 papers with marks · 3 notes`. */
export function holdings({ papers, notes }: Pick<Generation, 'papers' | 'notes'>): string {
  if (papers === 0) return 'nothing marked yet';
  const marked = `${counted(papers, 'paper')} marked`;
  return notes === 0 ? marked : `${marked} · ${counted(notes, 'note')}`;
}

const everyWords = { day: 'every day', week: 'every week' } as const;

/** The backups that are made by the clock, as a sentence. */
export function copiesInWords({ every, folder, keep }: Copies): string {
  const stay = keep === 1 ? 'only the last one stays' : `the last ${keep} stay`;
  return `A backup is written ${everyWords[every]} into ${folder}; ${stay}.`;
}

// Made once: making one is slow.
const timeOfDay = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/** The time of day of a moment, in the reader's own language. */
export function timeOf(instant: number): string {
  return timeOfDay.format(instant);
}

/** A moment within a sentence: `today at 08:15`, `12 Nov at 17:40`. */
export function momentInWords(instant: number, now: number): string {
  return `${shortDate(instant, now).replace(/^[TY](?=o|e)/, (letter) => letter.toLowerCase())} at ${timeOf(instant)}`;
}

const oneDecimal = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
const noDecimals = { maximumFractionDigits: 0 };

/** Bytes for people: `812 bytes`, `34 KB`, `1.2 MB`. */
export function size(bytes: number): string {
  const units = ['KB', 'MB', 'GB'] as const;
  if (bytes < 1000) return counted(bytes, 'byte');
  let [value, at] = [bytes / 1000, 0];
  while (value >= 999.5 && at < units.length - 1) {
    value /= 1000;
    at += 1;
  }
  return `${value.toLocaleString(undefined, value < 9.95 ? oneDecimal : noDecimals)} ${units[at]}`;
}

/** What is different between an earlier state and now, papers apart; empty when nothing is. */
function otherParts({ views, tagColours, merges }: Pick<Compared, 'views' | 'tagColours' | 'merges'>): string[] {
  const parts: [number, string, string?][] = [
    [views, 'saved view'],
    [tagColours, 'colour of a tag', 'colours of tags'],
    [merges, 'merged paper'],
  ];
  return parts.flatMap(([count, one, several]) => (count === 0 ? [] : [counted(count, one, several)]));
}

/** Things one after the other, as in a sentence: `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** How many things an earlier state says otherwise, as a sentence; `papers` whatever is looked for. */
export function differenceSentence(
  compared: Pick<Compared, 'views' | 'tagColours' | 'merges'>,
  papers: number,
): string {
  const parts = [...(papers > 0 ? [counted(papers, 'paper')] : []), ...otherParts(compared)];
  if (parts.length === 0) return 'It says just what the library says now.';
  const verb = parts.length === 1 && /^1 /.test(parts[0] ?? '') ? 'differs' : 'differ';
  return `${listed(parts)} ${verb} from now.`;
}

/** What would be changed by going back to an earlier state as a whole. */
export function wholeSentence(compared: Pick<Compared, 'views' | 'tagColours' | 'merges'>, papers: number): string {
  const parts = [
    ...(papers > 0 ? [`the status, star, tags and note of ${counted(papers, 'paper')}`] : []),
    ...otherParts(compared),
  ];
  const sentence = `${listed(parts)} become what they were then.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** What is said of a paper of which nothing is said. */
const nothingSaid: Said = { status: 'unread', starred: false, tags: [], note: '' };

/** One thing that was said of a paper, then and now. */
export interface ComparedMark {
  name: 'Status' | 'Star' | 'Tags' | 'Note' | 'Highlights';
  was: string;
  now: string;
}

/** What was said otherwise of a paper; empty words where nothing was. */
export function comparedMarks(was: Said | null, now: Said | null): ComparedMark[] {
  const of = (said: Said | null, name: ComparedMark['name']) => {
    const { status, starred, tags, note, highlights = [] } = said ?? nothingSaid;
    if (name === 'Status') return statusLabels[status];
    if (name === 'Star') return starred ? 'Starred' : '';
    if (name === 'Highlights') return highlights.join(' · ');
    return name === 'Tags' ? tags.join(', ') : note;
  };
  return (['Status', 'Star', 'Tags', 'Note', 'Highlights'] as const)
    .map((name) => ({ name, was: of(was, name), now: of(now, name) }))
    .filter((mark) => mark.was !== mark.now);
}
