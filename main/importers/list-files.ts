import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OffprintError } from '../../shared/outcome.ts';
import { binaryKindOf } from './binary-kind.ts';
import { chunksOf, explainReading, isGzip, openRegular } from './input-bytes.ts';

/** Most files that one folder is taken to hold. */
export const mostFiles = 100_000;

/** How much of a file is looked at to tell a document or a picture from text, in bytes. */
const beginningBytes = 4096;

/** What a folder holds that may be imported. */
export interface ListedFiles {
  /** Paths of the files that may be libraries, in the order that people sort names in. */
  paths: string[];
  /** What could not be read, and why: one sentence each. */
  unreadable: string[];
  /** What was passed over, and why: one sentence each. */
  notices: string[];
  /** How many files were passed over because they are no text. */
  passedOver: number;
}

/** A kind of files that are no text, in words. */
interface Kind {
  pattern: RegExp;
  one: string;
  many: string;
}

const otherFile: Kind = { pattern: /(?:)/, one: 'other file', many: 'other files' };

const kinds: readonly Kind[] = [
  { pattern: /PDF/, one: 'PDF document', many: 'PDF documents' },
  { pattern: /office/, one: 'archive or office document', many: 'archives or office documents' },
  { pattern: /archive/, one: 'archive', many: 'archives' },
  { pattern: /picture/, one: 'picture', many: 'pictures' },
  { pattern: /sound|video/, one: 'sound or video', many: 'sounds or videos' },
  { pattern: /document/, one: 'document', many: 'documents' },
  { pattern: /program/, one: 'program', many: 'programs' },
  { pattern: /database/, one: 'database', many: 'databases' },
  otherFile,
];

const byName = new Intl.Collator('en', { numeric: true });

function compareNames(left: string, right: string): number {
  return byName.compare(left, right) || (left < right ? -1 : 1);
}

/** Walks through a folder and the folders in it. */
class Walk {
  readonly paths: string[] = [];
  readonly passedOver = new Map<Kind, number>();
  readonly unreadable: string[] = [];
  isCut = false;
  readonly #seen = new Set<string>();
  readonly #most: number;
  readonly #signal: AbortSignal | undefined;

  constructor(most: number, signal: AbortSignal | undefined) {
    this.#most = most;
    this.#signal = signal;
  }

  /** @throws what the system says when it cannot be read, OffprintError `bad-input` when it is no folder */
  async folder(path: string): Promise<void> {
    const stats = await stat(path, { bigint: true });
    if (!stats.isDirectory()) throw new OffprintError('bad-input', `${path} is not a folder. Nothing was imported.`);
    const { dev, ino } = stats;
    const place = `${dev}:${ino}`;
    // Links may lead in circles, or to the same place twice.
    if (this.#seen.has(place)) return;
    this.#seen.add(place);
    const names = (await readdir(path)).filter((name) => !name.startsWith('.'));
    for (const name of names.sort(compareNames)) {
      if (this.isCut) return;
      await this.#entry(join(path, name));
    }
  }

  async #entry(path: string): Promise<void> {
    this.#signal?.throwIfAborted();
    try {
      const stats = await stat(path);
      if (stats.isDirectory()) await this.folder(path);
      else if (stats.isFile()) await this.#file(path);
      else this.#passOver(otherFile);
    } catch (error) {
      this.#signal?.throwIfAborted();
      const explained = explainReading(error, path);
      if (!(explained instanceof Error) || explained === error) throw error;
      this.unreadable.push(explained.message.replace('Nothing was imported.', 'It was left out.'));
    }
  }

  async #file(path: string): Promise<void> {
    const kind = await this.#binaryKind(path);
    if (kind !== null) this.#passOver(kinds.find(({ pattern }) => pattern.test(kind)) ?? otherFile);
    else if (this.paths.length >= this.#most) this.isCut = true;
    else this.paths.push(path);
  }

  async #binaryKind(path: string): Promise<string | null> {
    const file = { path, name: path };
    for await (const chunk of chunksOf(await openRegular(file, null), file, beginningBytes)) {
      return isGzip(chunk) ? null : binaryKindOf(chunk);
    }
    return null;
  }

  #passOver(kind: Kind): void {
    this.passedOver.set(kind, (this.passedOver.get(kind) ?? 0) + 1);
  }
}

function passedOverInWords(folder: string, passedOver: ReadonlyMap<Kind, number>): string {
  const counts = [...passedOver].sort(([, left], [, right]) => right - left);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const found = counts.map(([kind, count]) => `${count} ${count === 1 ? kind.one : kind.many}`).join(', ');
  const files = total === 1 ? 'file that is not a library' : 'files that are not libraries';
  return `${folder} also holds ${found}: ${total} ${files}, passed over.`;
}

/**
 * Lists the files in a folder and in the folders in it that may be libraries. Hidden files are left
 * out; documents, pictures and other files that are no text are counted. Links are followed, each
 * folder is visited once.
 * @param folder its path, which is also what it is called in messages
 * @throws OffprintError `not-found`, `unreadable` or `bad-input` when the folder itself cannot be
 * read; the signal's reason
 */
export async function listFiles(
  folder: string,
  { most = mostFiles, signal }: { most?: number; signal?: AbortSignal } = {},
): Promise<ListedFiles> {
  const walk = new Walk(most, signal);
  try {
    await walk.folder(folder);
  } catch (error) {
    throw explainReading(error, folder);
  }
  const notices: string[] = [];
  if (walk.passedOver.size > 0) notices.push(passedOverInWords(folder, walk.passedOver));
  if (walk.isCut) notices.push(`${folder} holds more than ${most} files. The others were left out.`);
  if (walk.paths.length === 0) notices.push(`${folder} holds no file that could be imported.`);
  const passedOver = [...walk.passedOver.values()].reduce((sum, count) => sum + count, 0);
  return { paths: walk.paths, unreadable: walk.unreadable, notices, passedOver };
}
