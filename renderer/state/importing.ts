import type { Client } from '../../shared/client.ts';
import { type ImportedFile, largestUpload } from '../../shared/contract.ts';
import { failureOf, OffprintError } from '../../shared/outcome.ts';
import { toBase64 } from '../commands/base64.ts';

/** What came of importing several files: reports of those that went in, and why the others did not. */
export interface ImportOutcome {
  files: ImportedFile[];
  failures: { name: string; reason: string }[];
}

/** A file as a browser gives it. */
export type ChosenFile = Pick<File, 'name' | 'size' | 'arrayBuffer'>;

/**
 * Imports files one after another. One that fails does not stop the others.
 * @param progress told how many are done
 */
export async function importFiles(
  client: Client,
  files: readonly ChosenFile[],
  progress: (done: number) => void,
): Promise<ImportOutcome> {
  const outcome: ImportOutcome = { files: [], failures: [] };
  for (const [at, file] of files.entries()) {
    progress(at);
    try {
      outcome.files.push(await importFile(client, file));
    } catch (error) {
      outcome.failures.push({ name: file.name, reason: failureOf(error).message });
    }
  }
  return outcome;
}

async function importFile(client: Client, file: ChosenFile): Promise<ImportedFile> {
  if (file.size > largestUpload) {
    const limit = largestUpload / 1024 / 1024;
    throw new OffprintError('bad-input', `It is larger than ${limit} MB; import it from the command line.`);
  }
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new OffprintError('unreadable', 'It could not be read: is it a folder, or has it been moved?');
  }
  return client.call('import.bytes', { name: file.name, base64: toBase64(bytes) });
}

/** What the files brought, in one line: `55 papers: 3 new, 52 unchanged`. */
export function importSummary(files: readonly ImportedFile[]): string {
  const sum = (count: (file: ImportedFile) => number) => files.reduce((total, file) => total + count(file), 0);
  const parts = [
    [sum((file) => file.new), 'new'],
    [sum((file) => file.merged), 'merged'],
    [sum((file) => file.unchanged), 'unchanged'],
    [sum((file) => file.skipped.length), 'skipped'],
  ] as const;
  const papers = parts.slice(0, 3).reduce((total, [count]) => total + count, 0);
  const told = parts.filter(([count]) => count > 0).map(([count, name]) => `${count.toLocaleString('en')} ${name}`);
  const head = papers === 1 ? '1 paper' : `${papers.toLocaleString('en')} papers`;
  return told.length === 0 ? head : `${head}: ${told.join(', ')}`;
}
