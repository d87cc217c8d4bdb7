import { resolve } from 'node:path';
import type { ImportedFile } from '../../shared/contract.ts';
import { failureOf } from '../../shared/outcome.ts';
import { readStandardInput, standardInput } from './read-input.ts';
import { safeLine } from './safe-text.ts';
import type { ExitCode, JsonOptions, Session } from './session.ts';

/** Imports files one after the other. One that fails is named on standard error and stops no other. */
export async function importFiles(session: Session, paths: string[], options: JsonOptions): Promise<ExitCode> {
  const { terminal } = session;
  const files: ImportedFile[] = [];
  let code: ExitCode = 0;
  for (const path of paths) {
    try {
      const file = { ...(await importOne(session, path)), path };
      files.push(file);
      if (!options.json) terminal.out(printFile(file));
    } catch (error) {
      const { message } = failureOf(error);
      terminal.err(`offprint: ${safeLine(naming(path, resolve(terminal.folder, path), message))}`);
      code = 1;
    }
  }
  if (options.json) terminal.out(`${JSON.stringify({ files })}\n`);
  return code;
}

/** A message that calls the file as the reader did. It may call it by its whole path, or not at all. */
function naming(typed: string, whole: string, message: string): string {
  const name = typed === standardInput ? 'standard input' : typed;
  if (message.startsWith(whole)) return name + message.slice(whole.length);
  return message.includes(name) ? message : `${name}: ${message}`;
}

async function importOne({ library, client, terminal }: Session, path: string): Promise<ImportedFile> {
  if (path !== standardInput) return library.importFile(resolve(terminal.folder, path));
  const bytes = await readStandardInput(terminal.input);
  return client.call('import.bytes', { name: 'standard input', base64: bytes.toString('base64') });
}

function printFile(file: ImportedFile): string {
  const counts = `${file.new} new, ${file.merged} merged, ${file.unchanged} unchanged, ${file.skipped.length} skipped`;
  const skipped = file.skipped.map(({ where, reason }) => `  ${safeLine(where)}: ${safeLine(reason)}\n`);
  return `${safeLine(file.path)}: ${counts}\n${skipped.join('')}`;
}
