import { mkdirSync } from 'node:fs';
import { systemFiles } from '../../main/store/durable-file.ts';
import type { PaperRecord } from '../../main/store/library-data.ts';
import { NoteLog } from '../../main/store/note-versions-log.ts';
import { openReader } from '../../main/store/store-testing.ts';
import { generatePapers } from './generate.ts';

/** One marked paper of so many has a note, but in a small library each has. */
const noteEvery = 10;

/** The id of a made-up paper. */
export function paperAt(number: number): string {
  return `arxiv:${2001 + Math.floor(number / 100_000)}.${String(number % 100_000).padStart(5, '0')}`;
}

/** How many of so many marked papers have a note. */
export function notesOf(marked: number): number {
  return marked <= 100 ? marked : Math.floor(marked / noteEvery);
}

/**
 * Writes what a reader has said of `marked` papers into a new data folder, by the store itself: statuses,
 * stars, tags, and notes of some hundred words on a tenth of them.
 */
export async function makeMarkedStore(folder: string, marked: number): Promise<void> {
  mkdirSync(folder, { mode: 0o700 });
  const { store } = await openReader(folder);
  const texts = generatePapers(Math.min(1000, notesOf(marked)));
  const notes = Array.from(texts, ({ title, abstract }) => `**${title}**\n\n${abstract}\n`);
  const every = marked / notesOf(marked);
  const papers = new Map<string, PaperRecord>();
  for (let number = 0; number < marked; number += 1) {
    const changedAt = 1_750_000_000_000 + number * 60_000;
    const status = (['read', 'queued', 'reading', 'skipped'] as const)[number % 4] ?? 'read';
    const note = number % every === 0 ? { note: notes[(number / every) % notes.length] ?? '' } : {};
    papers.set(paperAt(number), {
      ...{ status, changedAt, ...note },
      ...(status === 'read' && { readAt: changedAt }),
      ...(number % 7 === 0 && { starred: true }),
      ...(number % 3 === 0 && { tags: number % 2 === 0 ? ['ml/vision', 'to discuss'] : ['ml/language'] }),
      ...('note' in note && { noteChangedAt: changedAt }),
    });
  }
  await store.change({ papers });
  await store.close();
}

/** Gives each of the notes in a data folder so many past versions, in the files that they are kept in. */
export async function addPastVersions(folder: string, marked: number, versions: number): Promise<void> {
  const notes = notesOf(marked);
  const texts = Array.from(generatePapers(500), ({ abstract }) => abstract);
  const log = new NoteLog(folder, systemFiles);
  const day = 24 * 3_600_000;
  for (let version = 0; version < versions; version += 1) {
    const past = Array.from({ length: notes }, (_, note) => {
      const writtenAt = 1_700_000_000_000 + version * 30 * day + note;
      const text = texts[(note + version) % texts.length] ?? '';
      return { id: paperAt((note * marked) / notes), text, writtenAt, replacedAt: writtenAt + day, removed: false };
    });
    await log.append(past, { id: 'bench', upTo: 0, line: '00000000' });
  }
  await log.close();
}
