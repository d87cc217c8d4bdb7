import { stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { backupEnding } from '../../shared/backup.ts';
import { failureOf, OffprintError } from '../../shared/outcome.ts';
import type { FileToImport } from '../corpus/papers-writer.ts';
import { openRegular } from '../importers/input-bytes.ts';
import { listFiles } from '../importers/list-files.ts';
import { shown } from './words.ts';

/** What stands under the paths that were to be opened. */
export interface FoundFiles {
  /** Files to import, each once, folders taken apart; what each is called in the library. */
  files: FileToImport[];
  /** A backup that was asked for alone, which is not imported but restored. */
  backup: FileToImport | null;
  /** Files in the folders that are no text. */
  passedOver: number;
  /** What cannot be opened: its path, and why as a whole sentence. */
  failures: { path: string; reason: string }[];
}

/** Paths of devices and of the system's own namespaces on Windows, `\\.\…` and `\\?\…`. */
const devicePath = /^[\\/]{2}[.?][\\/]/;

/**
 * Looks at what is to be opened. Only regular files that can be read are, and folders of them: a pipe, a device or
 * something that is not there is refused without waiting for it.
 * @param paths absolute
 * @param most files that are taken; the others of a folder are left out, and it is said
 */
export async function findFiles(paths: readonly string[], most: number): Promise<FoundFiles> {
  const found: FoundFiles = { files: [], backup: null, passedOver: 0, failures: [] };
  const known = new Set<string>();
  for (const path of new Set(paths)) {
    try {
      const listed = await filesUnder(path, most - found.files.length);
      for (const file of listed.files) if (!known.has(file.path)) found.files.push(file);
      for (const file of listed.files) known.add(file.path);
      found.passedOver += listed.passedOver;
      for (const reason of listed.failures) found.failures.push({ path: shown(path), reason });
    } catch (error) {
      found.failures.push({ path: shown(path), reason: withoutImport(failureOf(error).message) });
    }
  }
  return withoutBackups(found);
}

interface Listed {
  files: FileToImport[];
  passedOver: number;
  failures: string[];
}

async function filesUnder(path: string, most: number): Promise<Listed> {
  const isFolder = await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (most <= 0) throw new OffprintError('refused', 'These are more files than Offprint opens at once.');
  if (!isFolder) {
    await checkFile(path);
    return { files: [{ path, name: basename(path) }], passedOver: 0, failures: [] };
  }
  const { paths, unreadable, notices, passedOver } = await listFiles(path, { most });
  const nameOf = (file: string) => join(basename(path), relative(path, file)).split(sep).join('/');
  const failures = unreadable.map(shown);
  // Where there are files, the preview says how many others there are beside them.
  if (paths.length === 0 || paths.length === most) failures.push(...notices.map(shown));
  return { files: paths.map((file) => ({ path: file, name: nameOf(file) })), passedOver, failures };
}

/** @throws OffprintError when it is no regular file, or cannot be read */
async function checkFile(path: string): Promise<void> {
  const name = shown(path);
  if (devicePath.test(path) || path.includes('\0')) {
    throw new OffprintError('bad-input', `${name} is not the path of a file.`);
  }
  const { handle } = await openRegular({ path, name }, null);
  await handle.close();
}

function withoutBackups({ files, failures, passedOver }: FoundFiles): FoundFiles {
  const [first] = files;
  const isAlone = files.length === 1 && failures.length === 0 && passedOver === 0;
  if (isAlone && first && isBackup(first)) return { files: [], backup: first, passedOver, failures };
  const refused = files.filter(isBackup).map(({ path }) => ({
    path: shown(path),
    reason: `${shown(path)} is a backup, which takes the place of everything: open it alone.`,
  }));
  const others = files.filter((file) => !isBackup(file));
  return { files: others, backup: null, passedOver, failures: [...failures, ...refused] };
}

function isBackup({ name }: FileToImport): boolean {
  return name.toLowerCase().endsWith(backupEnding);
}

/** Nothing was going to be imported yet. */
function withoutImport(sentence: string): string {
  return sentence.replace(/ Nothing was imported\.$/, '');
}
