import type { JournalPosition } from './library-reading.ts';
import { NoteVersions } from './note-versions.ts';
import { versionName } from './note-versions-line.ts';
import type { PastNote } from './note-versions-rule.ts';
import { faultyFiles } from './store-testing.ts';

/** Somewhere in a journal. */
export const position: JournalPosition = { id: 'journal', upTo: 7, line: '0123abcd' };
/** The time in tests of past versions. */
export const now = Date.UTC(2026, 10, 23, 8, 15);

/** A text that was replaced so many hours ago. */
export function past(hours: number, text = `Text ${hours}`, id = `arxiv:${hours % 3}`): PastNote {
  const replacedAt = now - Math.round(hours * 3_600_000);
  return { id, text, writtenAt: replacedAt - 70_000, replacedAt, removed: false };
}

/** Some texts of a few notes, the newest first. */
export const some: readonly PastNote[] = Array.from({ length: 12 }, (_, hours) => past(hours));

/** The past versions of a folder, and what was told of them. */
export function openVersions(
  folder: string,
  {
    files = faultyFiles(() => null).files,
    longest,
    mayWrite = true,
  }: { files?: ReturnType<typeof faultyFiles>['files']; longest?: number; mayWrite?: boolean } = {},
): { versions: NoteVersions; notices: string[] } {
  const notices: string[] = [];
  const tell = (notice: string) => notices.push(notice);
  const versions = new NoteVersions(
    folder,
    files,
    tell,
    () => mayWrite,
    () => now,
    longest,
  );
  return { versions, notices };
}

/** Keeps texts in a folder. Answers with what was told. */
export async function keepIn(folder: string, notes: readonly PastNote[], opened = openVersions(folder)) {
  opened.versions.add(notes);
  await opened.versions.keep(position);
  await opened.versions.close();
  return opened.notices;
}

/** Every text that is found, by the name of its version, sorted. */
export async function found(versions: NoteVersions): Promise<Record<string, string>> {
  const texts: [string, string][] = [];
  for (const id of (await versions.newest()).keys()) {
    for (const { version } of await versions.of([id])) {
      const text = await versions.text([id], version);
      if (text !== null) texts.push([version, text]);
    }
  }
  return Object.fromEntries(texts);
}

/** What {@link found} gives of these. */
export function allOf(notes: readonly PastNote[]): Record<string, string> {
  return Object.fromEntries(notes.map((note) => [versionName(note), note.text]));
}
