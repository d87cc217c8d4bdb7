import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { imagesFolder, noteImages } from '../../shared/note-images.ts';
import { noteLinks } from '../../shared/note-syntax.ts';
import type { ExportedPaper } from '../../shared/offprint-export.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { PaperId } from '../../shared/paper.ts';
import { explained } from '../backup/trouble.ts';
import { fileNameOf, markdownFile, markdownPaper } from '../exporters/markdown-paper.ts';
import { FolderPictures } from '../markdown-folder/folder-pictures.ts';
import { type LackingPicture, lackingSentence } from '../markdown-folder/lacking-pictures.ts';
import { type FileOperations, syncFolder, systemCode } from '../store/durable-file.ts';
import { nothingExported } from './trouble.ts';

/** What a folder of Markdown files is made of. */
export interface MarkdownFolderParts {
  papers: AsyncIterable<ExportedPaper>;
  keys(paper: ExportedPaper): string;
  notes: boolean;
  /** The paper that a link in a note leads to, if it is one of those that are exported; else null. */
  linked(id: PaperId): Promise<ExportedPaper | null>;
  /** The bytes of a picture that a note shows; null where there is none, or it cannot be read. */
  image(name: string): Promise<Uint8Array | null>;
}

/** Files written at once: each waits for the disk. */
const atOnce = 8;

/** Writes a file, and waits until it is on the disk. */
async function writeFile(files: FileOperations, path: string, content: string): Promise<void> {
  const handle = await files.open(path, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The files of a folder: each name once, letter case aside. */
class FolderNames {
  readonly #taken = new Set<string>([imagesFolder]);
  readonly #of = new Map<PaperId, string>();

  of(id: PaperId, key: string): string {
    const known = this.#of.get(id);
    if (known !== undefined) return known;
    const name = fileNameOf(key);
    let free = name;
    for (let number = 2; this.#taken.has(free.toLowerCase()); number += 1) free = `${name}-${number}`;
    this.#taken.add(free.toLowerCase());
    this.#of.set(id, free);
    return free;
  }
}

/** Fills a folder. @returns the pictures that notes show and that are not in it */
async function fill(files: FileOperations, folder: string, parts: MarkdownFolderParts): Promise<LackingPicture[]> {
  const { papers, keys, notes, linked, image } = parts;
  const names = new FolderNames();
  const pictures = new FolderPictures({ files, image, modes: { file: 0o600, folder: 0o700 } });
  const shown = new Set<string>();
  const lacking: LackingPicture[] = [];
  const writing = new Set<Promise<void>>();
  const write = (work: Promise<void>): Promise<void> => {
    const written = work.finally(() => writing.delete(written));
    // Awaited below, and by then it may have failed.
    written.catch(() => {});
    writing.add(written);
    return writing.size < atOnce ? Promise.resolve() : Promise.race(writing);
  };
  try {
    for await (const paper of papers) {
      const fileOf = new Map<PaperId, string>();
      for (const { id } of notes ? noteLinks(paper.note) : []) {
        const other = fileOf.has(id) ? null : await linked(id);
        if (other) fileOf.set(id, names.of(other.id, keys(other)));
      }
      const name = names.of(paper.id, keys(paper));
      const said = markdownPaper(paper, keys(paper), { notes, fileOf: (id) => fileOf.get(id) ?? null });
      await write(writeFile(files, join(folder, `${name}.md`), markdownFile(said)));
      for (const picture of notes ? noteImages(paper.note) : []) {
        if (shown.has(picture)) continue;
        shown.add(picture);
        const put = async () => {
          const why = await pictures.put(folder, picture);
          if (why !== null) lacking.push({ name: picture, title: paper.title, why });
        };
        await write(put());
      }
    }
    await Promise.all(writing);
  } finally {
    await Promise.allSettled(writing);
  }
  await syncFolder(files, folder);
  return lacking;
}

async function isTaken(files: FileOperations, path: string): Promise<boolean> {
  return files.lstat(path).then(
    () => true,
    (error: unknown) => {
      if (systemCode(error) === 'ENOENT') return false;
      throw error;
    },
  );
}

/**
 * Writes a Markdown file for each paper into a new folder, and the pictures of their notes into `images/` in it. All of
 * it is on the disk when this resolves; when it rejects, nothing is there.
 * @param folder where the new folder is to stand
 * @param names what it may be called, the best first
 * @param beforePlacing what has to be done once all is written, and before anybody finds the folder
 * @returns its path; and which pictures are lacking that notes show, as a sentence, or null for none
 * @throws OffprintError `unreadable` when the system refuses, `bad-input` when all names are taken; and what `papers` throws
 */
export async function writeMarkdownFolder(
  files: FileOperations,
  folder: string,
  names: readonly string[],
  parts: MarkdownFolderParts,
  beforePlacing: () => Promise<void>,
): Promise<{ path: string; trouble: string | null }> {
  const temporary = join(folder, `${names[0] ?? 'export'}.${crypto.randomUUID()}.tmp`);
  try {
    await files.mkdir(temporary, { mode: 0o700 });
    const lacking = await fill(files, temporary, parts);
    await beforePlacing();
    for (const name of names) {
      const path = join(folder, name);
      if (await isTaken(files, path)) continue;
      await files.rename(temporary, path);
      await syncFolder(files, folder);
      return { path, trouble: lackingSentence(path, lacking) };
    }
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => {});
    throw explained(error, folder, 'could not be written to', nothingExported);
  }
  await rm(temporary, { recursive: true, force: true }).catch(() => {});
  const path = join(folder, names[0] ?? '');
  throw new OffprintError('bad-input', `${path} is there already, and nothing is written over. ${nothingExported}`);
}
