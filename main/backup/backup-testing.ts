import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { openPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { openDatabase } from '../corpus/database.ts';
import { JournalAdapter } from '../store/journal-adapter.ts';
import { Store } from '../store/store.ts';
import { holdLibrary } from './hold-library.ts';
import { manifestName } from './manifest.ts';
import { type WriteBackupOptions, writeBackup } from './write-backup.ts';

/** The moment that backups of tests are made at. */
export const madeAt = Date.UTC(2026, 10, 23, 8, 15);

/** Makes a data folder with a file of every kind in it. */
export async function smallDataFolder(dataFolder: string): Promise<void> {
  await mkdir(dataFolder, { recursive: true });
  const store = await Store.open(new JournalAdapter(dataFolder));
  await store.change({ papers: new Map([['arxiv:2306.12345', { note: 'mine', changedAt: 1 }]]) });
  await store.close();
  openDatabase(dataFolder).database.close();
  const files = {
    'notes/00000001.log': 'past',
    [`images/${'0a'.repeat(16)}.png`]: 'a picture',
    'taken-marks/1.json': '{}',
    'generations/20261123T081500Z-asked.json.gz': 'earlier',
    'captures/0123456789abcdef-a.bib': '@article{a}'.repeat(1000),
    'captures/sources.json': '{}',
    // No part of a library.
    'lock.db': '',
    'captures/notes of mine.txt': 'foreign',
    'journal/readme': 'foreign',
    'images/picture.svg': 'foreign',
    'backups/one.offprint': 'a backup',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(dataFolder, name)), { recursive: true });
    await writeFile(join(dataFolder, name), text);
  }
}

/** How much there is in it. */
export const smallCounts = { papers: 0, sources: 0, marked: 1, notes: 1, views: 0 };

/** Backs a data folder up that nobody has open. */
export function backUp(
  dataFolder: string,
  target: WriteBackupOptions['target'],
  options: Partial<WriteBackupOptions> = {},
) {
  const counts = () => smallCounts;
  const hold = () => holdLibrary(dataFolder, { atRest: async (look) => look(), counts });
  return writeBackup({
    ...{ dataFolder, hold, target, appVersion: '1.2.3', reason: 'asked', copyOf: null },
    ...{ signal: new AbortController().signal, onProgress: () => {}, now: () => madeAt },
    ...options,
  });
}

/** The files in an archive. */
export async function filesIn(path: string): Promise<Map<string, Buffer>> {
  const zip = await openPromise(path, { autoClose: false });
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    files.set(entry.fileName, await buffer((await zip.openReadStreamPromise(entry)) as Readable));
  }
  zip.close();
  return files;
}

/** Packs files into an archive, whatever they are. */
export async function pack(path: string, files: Iterable<readonly [string, Buffer]>): Promise<void> {
  const zip = new ZipFile();
  for (const [name, bytes] of files) zip.addBuffer(bytes, name);
  zip.end();
  await writeFile(path, await buffer(zip.outputStream as Readable));
}

/** Packs the files of a backup anew after its manifest and its files have been changed. */
export async function repack(
  from: string,
  to: string,
  // biome-ignore lint/suspicious/noExplicitAny: a manifest is broken here in every way
  change: (manifest: any, files: Map<string, Buffer>) => void,
): Promise<void> {
  const files = await filesIn(from);
  const manifest = JSON.parse((files.get(manifestName) ?? Buffer.alloc(0)).toString('utf8'));
  files.delete(manifestName);
  change(manifest, files);
  await pack(to, [...files, [manifestName, Buffer.from(JSON.stringify(manifest))]]);
}

/** Replaces bytes of a file. */
export async function patch(from: string, to: string, change: (bytes: Buffer) => Buffer): Promise<void> {
  await writeFile(to, change(await readFile(from)));
}
