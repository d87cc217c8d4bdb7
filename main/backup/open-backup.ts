import { createHash } from 'node:crypto';
import { open as openFile, stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { OffprintError } from '../../shared/outcome.ts';
import { isEntryName } from './entry-names.ts';
import {
  anyManifestSchema,
  type BackupEntry,
  currentBackupSchema,
  knownLayouts,
  largestManifest,
  type Manifest,
  manifestName,
  manifestSchema,
} from './manifest.ts';
import { explained, stopped } from './trouble.ts';

/** How a ZIP archive begins. */
const zipBeginning = Buffer.from('PK\x03\x04', 'latin1');

/** Most files that a backup may hold. */
const mostEntries = 1_000_000;

/** A file of ours says so much more than it takes packed, at most: the limit of the way it is packed. */
const mostExpansion = 1100;

/** A backup file that has been opened: its manifest is understood, and what it says is in the archive is there. */
export class OpenedBackup {
  readonly manifest: Manifest;
  /** The length of the file. */
  readonly bytes: number;
  readonly #zip: ZipFile;
  readonly #path: string;
  readonly #entries: ReadonlyMap<string, Entry>;

  /** Use {@link openBackup}. */
  constructor(zip: ZipFile, path: string, manifest: Manifest, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.#path = path;
    this.manifest = manifest;
    this.#entries = entries;
    this.bytes = zip.fileSize;
  }

  /** What all files take together, unpacked. */
  get unpackedBytes(): number {
    return this.manifest.entries.reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * The bytes of a file in it, which are checked on the way: whoever has read them to the end has the very bytes
   * that were put in, and no more than the manifest says are ever given.
   * @throws OffprintError `damaged` at the end or before, `refused` when it is stopped, `unreadable`
   */
  async *read({ name, size, sha256 }: BackupEntry, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const entry = this.#entries.get(name);
    if (!entry) throw damaged(this.#path, `${name} is missing in it`);
    const hash = createHash('sha256');
    let length = 0;
    try {
      const stream = await this.#zip.openReadStreamPromise(entry);
      for await (const piece of stream as AsyncIterable<Uint8Array>) {
        if (signal.aborted) throw stopped();
        length += piece.length;
        if (length > size) break;
        hash.update(piece);
        yield piece;
      }
    } catch (error) {
      throw trouble(error, this.#path);
    }
    if (length !== size || hash.digest('hex') !== sha256) {
      throw damaged(this.#path, `${name} in it is not what was put in`);
    }
  }

  /** When a file in it had been written. */
  modifiedAt({ name }: BackupEntry): Date {
    return this.#entries.get(name)?.getLastModDate() ?? new Date(this.manifest.madeAt);
  }

  /** Reads all of it. @param onBytes told how many bytes have been read since the last time @throws as {@link read} does */
  async check(onBytes: (bytes: number) => void, signal: AbortSignal): Promise<void> {
    for (const entry of this.manifest.entries) {
      for await (const piece of this.read(entry, signal)) onBytes(piece.length);
    }
  }

  close(): void {
    this.#zip.close();
  }
}

/**
 * Opens a backup file and looks at what it says it holds. Nothing of what it holds is believed before it is read.
 * @param called what it is called in messages
 * @throws OffprintError `not-found`, `bad-input` for a file that is no backup, `newer`, `damaged` or `unreadable`
 */
export async function openBackup(path: string, called = path): Promise<OpenedBackup> {
  await checkBeginning(path, called);
  let zip: ZipFile;
  try {
    zip = await openPromise(path, { autoClose: false, strictFileNames: true, validateEntrySizes: true });
  } catch (error) {
    throw trouble(error, called, 'its end is missing, so it is cut short');
  }
  try {
    if (zip.entryCount > mostEntries) throw damaged(called, 'it says that it holds more files than any backup does');
    const entries = await entriesOf(zip, called);
    const manifest = await readManifest(zip, called, entries);
    entries.delete(manifestName);
    checkEntries(called, manifest, entries);
    return new OpenedBackup(zip, called, manifest, entries);
  } catch (error) {
    zip.close();
    throw trouble(error, called);
  }
}

async function checkBeginning(path: string, called: string): Promise<void> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) throw new OffprintError('bad-input', `${called} is a folder, not a file.`);
    // A pipe that nobody writes to is not waited for.
    if (!stats.isFile()) throw noBackup(called);
    const file = await openFile(path, 'r');
    try {
      const bytes = Buffer.alloc(zipBeginning.length);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
      if (bytesRead === 0) throw damaged(called, 'it is empty');
      if (!bytes.equals(zipBeginning)) throw noBackup(called);
    } finally {
      await file.close();
    }
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing) throw new OffprintError('not-found', `There is no file ${called}.`);
    throw explained(error, called, 'could not be read', 'Nothing was changed.');
  }
}

/** The files in an archive by their names, none of which stands twice, whatever a file system takes as one name. */
async function entriesOf(zip: ZipFile, path: string): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  const seen = new Set<string>();
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName;
    const plain = name.normalize('NFC').toLowerCase();
    if (name !== manifestName && !isEntryName(name))
      throw damaged(path, `it holds ${JSON.stringify(name)}, which no backup does`);
    if (seen.has(plain)) throw damaged(path, `it holds ${name} twice`);
    if (entry.isEncrypted() || !entry.canDecodeFileData())
      throw damaged(path, `${name} in it is packed in another way`);
    seen.add(plain);
    entries.set(name, entry);
  }
  return entries;
}

async function readManifest(zip: ZipFile, path: string, entries: ReadonlyMap<string, Entry>): Promise<Manifest> {
  const entry = entries.get(manifestName);
  if (!entry) throw noBackup(path);
  if (entry.uncompressedSize > largestManifest) throw damaged(path, 'its manifest is too long');
  const stream = await zip.openReadStreamPromise(entry);
  let said: unknown;
  try {
    said = JSON.parse((await buffer(stream)).toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw damaged(path, 'its manifest is garbled');
  }
  const any = anyManifestSchema.safeParse(said);
  if (!any.success) throw noBackup(path);
  const { appVersion, schema } = any.data;
  if (schema > currentBackupSchema) throw newer(path, appVersion);
  const manifest = manifestSchema.safeParse(said);
  if (!manifest.success) throw damaged(path, 'its manifest is garbled');
  const { library, corpus } = manifest.data.layouts;
  if (library > knownLayouts.library || (corpus ?? 0) > knownLayouts.corpus) throw newer(path, appVersion);
  return manifest.data;
}

/** Whether the manifest and the archive speak of the same files, of sizes that can be. */
function checkEntries(path: string, manifest: Manifest, entries: ReadonlyMap<string, Entry>): void {
  const names = new Set(manifest.entries.map(({ name }) => name));
  for (const { name, size } of manifest.entries) {
    const entry = entries.get(name);
    if (!entry) throw damaged(path, `${name} is missing in it`);
    const isPossible = size <= entry.compressedSize * mostExpansion + mostExpansion;
    if (entry.uncompressedSize !== size || !isPossible)
      throw damaged(path, `${name} in it has another size than it should`);
  }
  for (const name of entries.keys()) if (!names.has(name)) throw damaged(path, `its manifest does not know ${name}`);
  if (names.size !== manifest.entries.length) throw damaged(path, 'its manifest names a file twice');
}

function noBackup(path: string): OffprintError {
  return new OffprintError('bad-input', `${path} is not a backup of Offprint.`);
}

function damaged(path: string, why: string): OffprintError {
  return new OffprintError('damaged', `${path} cannot be used: ${why}. Nothing was changed.`);
}

function newer(path: string, appVersion: string): OffprintError {
  const by = appVersion === '?' ? 'a newer Offprint' : `a newer Offprint (${appVersion})`;
  return new OffprintError('newer', `${path} was made by ${by}. Install that one to use it; nothing was changed.`);
}

/** What the archive's reader found wrong, as the reader is told it. */
function trouble(error: unknown, path: string, why = 'it is damaged'): unknown {
  if (error instanceof OffprintError) return error;
  const told = explained(error, path, 'could not be read', 'Nothing was changed.');
  if (told !== error || !(error instanceof Error)) return told;
  // Whatever it is, the file is the cause: nothing else goes into it.
  return new OffprintError('damaged', `${path} cannot be used: ${why}. Nothing was changed.`, { cause: error });
}
