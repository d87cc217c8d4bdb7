import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { type ExportFormat, exportFormats } from '../../shared/export-formats.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { checkOutside } from '../backup/target-folder.ts';
import { explained } from '../backup/trouble.ts';
import { nothingExported } from '../exporting/trouble.ts';
import type { ExportRequest } from '../exports.ts';
import { safeLine } from './safe-text.ts';
import type { CommonOptions, ExitCode, Session } from './session.ts';

/** What stands for standard output in the place of a file. */
export const standardOutput = '-';

/** Options of `export`. */
export interface ExportOptions extends CommonOptions {
  format?: ExportFormat;
  output?: string;
  /** False for `--no-notes`. */
  notes: boolean;
}

/** The format that a file's name asks for; null where it asks for none, or several have this ending. */
function formatOfName(name: string): ExportFormat | null {
  const ending = extname(name).slice(1).toLowerCase();
  if (ending === 'bib') return 'bibtex';
  return exportFormats.find(({ extension }) => extension === ending)?.id ?? null;
}

/** Without options the words are a file to write everything to; with one they are a query. */
function isWhole({ format, output }: ExportOptions): boolean {
  return format === undefined && output === undefined;
}

/** What is wrong with how `export` is asked for; null when nothing is. */
export function wrongExport(words: readonly string[], options: ExportOptions): string | null {
  const { format, output } = options;
  if (isWhole(options)) {
    if (words.length > 1) return 'a query needs --format or -o; without them one file is named';
    return words.length === 0 || words[0] === '' ? 'name a file, - for standard output, or a --format' : null;
  }
  if (format === 'markdown-folder' && (output === undefined || output === standardOutput)) {
    return 'a file for each paper needs a folder: -o FOLDER';
  }
  return null;
}

/**
 * Writes papers to a file, into a folder or to standard output. Without options that is everything that the library
 * knows, in a form that any Offprint can import. A file is replaced only once the new one is whole.
 */
export async function exportLibrary(
  session: Session,
  words: readonly string[],
  options: ExportOptions,
): Promise<ExitCode> {
  const whole = isWhole(options);
  const target = (whole ? words[0] : options.output) ?? standardOutput;
  const format = options.format ?? (whole ? null : formatOfName(target)) ?? 'json';
  const query = whole ? '' : words.join(' ');
  const request: ExportRequest = { format, papers: { view: 'all', query }, notes: options.notes };
  if (target === standardOutput) {
    const { library, terminal } = session;
    for await (const piece of library.exports.pieces(request)) {
      terminal.out(piece);
      await terminal.drained();
    }
    return 0;
  }
  return await writeTo(session, request, target);
}

async function writeTo({ library, terminal }: Session, request: ExportRequest, target: string): Promise<ExitCode> {
  const path = resolve(terminal.folder, target);
  const isFolder = await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  // Nothing of the library is ever the file that is replaced.
  const place = await realpath(path).catch(() => path);
  if (!isFolder) await checkOutside(dirname(place), library.dataFolder);
  const stop = new AbortController();
  void terminal.stopped().then(() => stop.abort());
  const forget = library.on('export.progress', ({ done }) => {
    terminal.progress?.(`Exporting: ${Math.floor(done * 100)} %`);
  });
  const isInto = isFolder && request.format === 'markdown-folder';
  let papers = 0;
  let trouble: string | null = null;
  const onEnd = (count: number) => {
    papers = count;
  };
  try {
    const options = { signal: stop.signal, onEnd };
    let where = target;
    if (isFolder || request.format === 'markdown-folder') {
      const written = await library.exports.write(request, isFolder ? { folder: path } : { path }, options);
      papers = written.papers;
      trouble = written.trouble ?? null;
      if (isFolder) where = written.path;
    } else await replace(library.exports.pieces(request, options), place, target);
    terminal.progress?.(null);
    const counted = papers === 1 ? '1 paper' : `${papers} papers`;
    terminal.out(`Exported ${counted} to ${isInto ? 'a new folder, ' : ''}${safeLine(where)}.\n`);
    // An earlier export is not brought up to date; the Markdown folder of the settings is.
    if (isInto) terminal.out(`What was in ${safeLine(target)} before, earlier exports included, is unchanged.\n`);
    if (trouble !== null) terminal.err(safeLine(trouble));
    return 0;
  } catch (error) {
    terminal.progress?.(null);
    if (!stop.signal.aborted) throw error;
    terminal.err(`The export was cancelled. ${nothingExported}`);
    return 130;
  } finally {
    forget();
  }
}

/**
 * Writes a file in the place of the one that is there, if any. What is there and no file, a pipe or a device, is
 * written to.
 */
async function replace(text: AsyncIterable<string>, path: string, name: string): Promise<void> {
  const there = await stat(path).catch(() => null);
  const temporary = there === null || there.isFile() ? `${path}.${crypto.randomUUID()}.tmp` : null;
  try {
    const handle = await open(temporary ?? path, temporary === null ? 'w' : 'wx', 0o600);
    try {
      for await (const piece of text) await handle.appendFile(piece);
      if (temporary !== null) await handle.sync();
    } finally {
      await handle.close();
    }
    if (temporary !== null) await rename(temporary, path);
  } catch (error) {
    if (temporary !== null) await rm(temporary, { force: true }).catch(() => {});
    const reason = explained(error, safeLine(name), 'could not be written', nothingExported);
    throw reason instanceof Error ? reason : new OffprintError('unreadable', String(reason));
  }
}
