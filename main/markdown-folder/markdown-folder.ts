import { noteLinks } from '../../shared/note-syntax.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { Paper, PaperId } from '../../shared/paper.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import type { MarkdownFolder as FolderSetting } from '../../shared/settings.ts';
import type { Clock } from '../backup/scheduled-copies.ts';
import type { CitationKeys } from '../citations/citation-keys.ts';
import type { Corpus } from '../corpus/corpus.ts';
import { mergedFile, paperIdOfFile } from '../exporters/markdown-merge.ts';
import { fileNameOf, markdownFile, markdownPaper } from '../exporters/markdown-paper.ts';
import { type FileOperations, systemFiles } from '../store/durable-file.ts';
import type { PaperRecord } from '../store/library-data.ts';
import { NotePictures } from './note-pictures.ts';
import { folderUp, isThere, PaperFiles, readPaperFile } from './paper-files.ts';
import { isHopeless, laterOn, troubleOf } from './trouble.ts';
import { newFile, replaceFile } from './write-file.ts';

/** Milliseconds from opening, from a change, and from trouble to when the files are looked at. */
const [afterOpening, afterChange, afterTrouble] = [5000, 2000, 5 * 60_000];
/** Papers whose keys are kept in one go. */
const papersAtOnce = 50;
/** Ids asked about in one message. */
const idsAtOnce = 10_000;
/** How often a file is read again that somebody writes at the same time. */
const mostTries = 3;

/** What the files are made of. */
export interface MarkdownFolderParts {
  setting(): FolderSetting | null;
  records(): ReadonlyMap<PaperId, PaperRecord>;
  corpus: Pick<Corpus, 'resolve' | 'openList' | 'settled' | 'ids' | 'closeList'>;
  /** Rejects with `not-found`. */
  paper(id: PaperId): Promise<Paper>;
  keys: CitationKeys;
  /** The bytes of a picture that notes show, by its name; null where there is none, or it cannot be read. */
  image(name: string): Promise<Uint8Array | null>;
  /** Tells the reader something, as a whole sentence. */
  tell(sentence: string): void;
  clock: Clock;
  files?: FileOperations;
}

/** What came of bringing the files up to date. */
export interface UpdatedFiles {
  written: number;
  trouble: string | null;
}

/**
 * Keeps a folder that has a Markdown file for each of some papers. Looks through it once, then writes the files of
 * papers that have changed: the cost of a change is that of its papers, not of the library. Files of papers that are
 * not to have one any more stay as they are, and belong to the reader.
 */
export class MarkdownFolderKeeper {
  readonly #parts: MarkdownFolderParts;
  readonly #files: FileOperations;
  readonly #found = new PaperFiles();
  readonly #pictures: NotePictures;
  /** What was looked through, as the setting says it; null for nothing yet. */
  #looked: string | null = null;
  /** The records that the files say, by id. A record is never changed in place. */
  #said: ReadonlyMap<PaperId, PaperRecord> = new Map();
  /** All papers may say something else than their files. */
  #isAllNew = true;
  #callOff: (() => void) | null = null;
  #updating: Promise<UpdatedFiles> | null = null;
  #trouble: string | null = null;
  #isClosed = false;

  constructor(parts: MarkdownFolderParts) {
    this.#parts = parts;
    this.#files = parts.files ?? systemFiles;
    const image = (name: string) => parts.image(name);
    this.#pictures = new NotePictures({ files: this.#files, image, modes: { file: 0o644, folder: 0o755 } });
  }

  /** Begins to keep the folder, if there is to be one. */
  start(): void {
    this.#soon(afterOpening);
  }

  /** Something has changed that the reader said. */
  changed(): void {
    this.#soon(afterChange);
  }

  /** Papers have come, gone or changed. */
  papersChanged(): void {
    this.#isAllNew = true;
    this.#soon(afterChange);
  }

  /** Another folder, or other papers. */
  settingChanged(): void {
    this.#looked = null;
    this.#isAllNew = true;
    if (this.#parts.setting() === null) this.#trouble = null;
    this.#soon(afterChange);
  }

  /** Looks through all of the folder and brings every file up to date. */
  async updateAll(): Promise<UpdatedFiles> {
    this.#callOff?.();
    this.#callOff = null;
    this.#looked = null;
    this.#isAllNew = true;
    return this.#update();
  }

  /** Resolves when what is under way has ended. */
  async settled(): Promise<void> {
    await this.#updating;
  }

  /** Stops before the next file, and waits for the one being written. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#callOff?.();
    await this.#updating;
  }

  #soon(milliseconds: number): void {
    if (this.#isClosed || this.#parts.setting() === null) return;
    // Changes one after the other are written together, and never later than the first would be.
    if (this.#callOff && milliseconds >= afterChange) return;
    this.#callOff?.();
    this.#callOff = this.#parts.clock.later(milliseconds, () => {
      this.#callOff = null;
      void this.#update();
    });
  }

  #update(): Promise<UpdatedFiles> {
    const before = this.#updating ?? Promise.resolve();
    const updating: Promise<UpdatedFiles> = before
      .then(() => this.#bringUpToDate())
      .finally(() => {
        if (this.#updating === updating) this.#updating = null;
      });
    this.#updating = updating;
    return updating;
  }

  async #bringUpToDate(): Promise<UpdatedFiles> {
    const setting = this.#parts.setting();
    if (setting === null || this.#isClosed) return { written: 0, trouble: null };
    const isAll = this.#isAllNew;
    const said = this.#said;
    const now = new Map(this.#parts.records());
    this.#isAllNew = false;
    this.#said = now;
    let written = 0;
    let trouble: string | null = null;
    try {
      const looked = JSON.stringify(setting);
      if (this.#looked !== looked) await this.#found.look(setting.folder, () => this.#isClosed);
      this.#looked = looked;
      const ids = isAll ? await this.#idsOf(setting, now) : await this.#changedIds(said, now);
      const outcome = await this.#writeAll(setting, ids);
      written = outcome.written;
      trouble = outcome.trouble;
    } catch (error) {
      trouble = troubleOf(error, setting.folder);
    }
    if (trouble !== null || this.#isClosed) {
      this.#isAllNew = true;
      this.#looked = null;
    }
    if (trouble !== null && trouble !== this.#trouble) this.#parts.tell(trouble);
    this.#trouble = trouble;
    if (trouble !== null) this.#soon(afterTrouble);
    // Trying again would bring none of these.
    const lacking = this.#pictures.takeLacking(setting.folder);
    if (lacking.news !== null) this.#parts.tell(lacking.news);
    return { written, trouble: trouble ?? lacking.all };
  }

  /** The papers that are to have a file. */
  async #idsOf({ papers }: FolderSetting, records: ReadonlyMap<PaperId, PaperRecord>): Promise<PaperId[]> {
    if (papers !== 'all') {
      const touched = Array.from(records).filter(([, { note }]) => papers === 'touched' || (note ?? '') !== '');
      return this.#resolved(touched.map(([id]) => id));
    }
    const { corpus } = this.#parts;
    const { result } = await corpus.openList({ queries: [parseQuery('')], sort: [], now: Date.now(), limit: 0 });
    try {
      const total = await corpus.settled(result);
      const ids: PaperId[] = [];
      for (let from = 0; from < total; from += idsAtOnce) {
        ids.push(...(await corpus.ids(result, [[from, Math.min(total, from + idsAtOnce)]])));
      }
      return ids;
    } finally {
      await corpus.closeList(result).catch(() => {});
    }
  }

  #changedIds(said: ReadonlyMap<PaperId, PaperRecord>, now: ReadonlyMap<PaperId, PaperRecord>): Promise<PaperId[]> {
    const changed = Array.from(now.keys()).filter((id) => now.get(id) !== said.get(id));
    return this.#resolved([...changed, ...Array.from(said.keys()).filter((id) => !now.has(id))]);
  }

  async #resolved(ids: readonly PaperId[]): Promise<PaperId[]> {
    const resolved = new Set<PaperId>();
    for (let from = 0; from < ids.length; from += idsAtOnce) {
      for (const { id } of (await this.#parts.corpus.resolve(ids.slice(from, from + idsAtOnce))).values())
        resolved.add(id);
    }
    return [...resolved];
  }

  async #writeAll(setting: FolderSetting, ids: readonly PaperId[]): Promise<UpdatedFiles> {
    let written = 0;
    let trouble: string | null = null;
    const linking: Paper[] = [];
    const isNew = new Set<PaperId>();
    for (let from = 0; from < ids.length && !this.#isOver(setting); from += papersAtOnce) {
      const giving = this.#parts.keys.begin();
      const papers: { paper: Paper; key: string }[] = [];
      for (const id of ids.slice(from, from + papersAtOnce)) {
        const paper = await this.#parts.paper(id).catch(whereGone);
        if (paper && belongs(paper, setting)) papers.push({ paper, key: giving.keyOf(paper) });
      }
      await giving.keep();
      for (const { paper, key } of papers) {
        if (this.#isOver(setting)) break;
        if (paper.note.includes('[[')) linking.push(paper);
        const hadFile = this.#found.pathOf([paper.id, ...paper.aliases]) !== null;
        try {
          // The pictures first: no file shows one that is not there yet.
          const refusal = await this.#pictures.putOf(setting.folder, paper);
          if (refusal !== null) trouble ??= troubleOf(refusal.error, setting.folder);
          if (refusal !== null && isHopeless(refusal.error)) return { written, trouble };
          if (await this.#write(setting.folder, paper, key)) written += 1;
          if (!hadFile) isNew.add(paper.id);
        } catch (error) {
          trouble ??= troubleOf(error, setting.folder);
          if (isHopeless(error)) return { written, trouble };
        }
      }
    }
    // A link to a file that came after the one that it stands in.
    for (const paper of isNew.size === 0 ? [] : linking) {
      if (this.#isOver(setting)) break;
      const key = this.#parts.keys.begin().keyOf(paper);
      if (await this.#write(setting.folder, paper, key).catch(() => false)) written += 1;
    }
    return { written, trouble };
  }

  /** Looks through the folder where a file is not there that a link leads to: the reader may have renamed it. */
  async #lookForLinked(folder: string, { note }: Paper): Promise<void> {
    for (const { id } of noteLinks(note)) {
      const path = this.#found.pathOf([id]);
      if (path !== null && !(await isThere(path))) return this.#found.look(folder, () => this.#isClosed);
    }
  }

  /** Whether the reader wants something else by now, or nothing. */
  #isOver(setting: FolderSetting): boolean {
    return this.#isClosed || JSON.stringify(this.#parts.setting()) !== JSON.stringify(setting);
  }

  /** Writes the file of a paper unless it says all already. */
  async #write(folder: string, paper: Paper, key: string, tries = 1): Promise<boolean> {
    const fileOf = (id: PaperId) => this.#found.nameOf(id);
    await this.#lookForLinked(folder, paper);
    const ids = [paper.id, ...paper.aliases];
    const path = this.#found.pathOf(ids);
    const imagesUp = path === null ? '' : folderUp(folder, path);
    const made = markdownPaper(paper, key, { notes: true, fileOf, imagesUp });
    if (path === null) {
      const placed = await newFile(this.#files, folder, fileNameOf(key), markdownFile(made));
      this.#found.set(paper.id, placed);
      return true;
    }
    const read = await readPaperFile(path);
    const owner = read && paperIdOfFile(read.text);
    if (!read || owner === null || !ids.includes(owner)) {
      // It has been moved, renamed or removed, or is no text: all of the folder is looked through once.
      if (tries > 1) this.#found.forget(ids, path);
      else await this.#found.look(folder, () => this.#isClosed);
      if (this.#isClosed || tries > mostTries) return false;
      return this.#write(folder, paper, key, tries + 1);
    }
    const { text, moved } = mergedFile(read.text, made);
    this.#found.set(paper.id, path);
    if (text === read.text) return false;
    if (!(await replaceFile(this.#files, path, text, read))) {
      if (tries <= mostTries) return this.#write(folder, paper, key, tries + 1);
      throw new OffprintError('unreadable', `${path} could not be written: another program is using it. ${laterOn}`);
    }
    if (moved) this.#parts.tell(`What you had written between Offprint’s marks in ${path} stands behind them now.`);
    return true;
  }
}

function belongs({ note, changedAt }: Paper, { papers }: FolderSetting): boolean {
  if (papers === 'all') return true;
  return papers === 'notes' ? note !== '' : changedAt !== null;
}

function whereGone(error: unknown): null {
  if (error instanceof OffprintError && error.code === 'not-found') return null;
  throw error;
}
