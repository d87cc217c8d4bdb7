import { stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { ImportedFile, ImportProgress, ImportReport } from '../../shared/contract.ts';
import { failureOf, OffprintError } from '../../shared/outcome.ts';
import { cancelledImport } from '../import-job.ts';
import { listFiles } from '../importers/list-files.ts';
import type { ImportedInput } from '../imports.ts';
import { standardInput } from './read-input.ts';
import { safeLine } from './safe-text.ts';
import type { ExitCode, JsonOptions, Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** Options of `import`. */
export interface ImportOptions extends JsonOptions {
  dryRun?: true;
  format?: string;
  takeMarks?: true;
}

/** What is wrong with the format that was named, or null. */
export async function wrongFormat({ format }: ImportOptions): Promise<string | null> {
  if (format === undefined) return null;
  // The importers take a while to load, which only this needs of all that the command line does.
  const { formatOf, importers } = await import('../importers/registry.ts');
  if (formatOf(format) !== null) return null;
  return `“${format}” is not a format. Formats: ${importers.map(({ format: name }) => name).join(', ')}.`;
}

/** What standard input is called where a name is needed. */
const inputName = 'standard input';

/**
 * Imports files, folders and standard input, all in one go that Undo takes back whole. One that
 * cannot be imported is named on standard error and stops no other. Ctrl+C cancels everything.
 */
export async function importFiles(session: Session, paths: string[], options: ImportOptions): Promise<ExitCode> {
  const { library, terminal } = session;
  const interrupt = new AbortController();
  void terminal.stopped().then(() => interrupt.abort(cancelledImport()));
  const inputs: ImportedInput[] = [];
  let code: ExitCode = 0;
  let report: ImportReport & { marked: number };
  try {
    for (const path of paths) {
      const found = await inputsOf(terminal, path, interrupt.signal);
      inputs.push(...found.inputs);
      for (const line of [...found.failures, ...found.notices]) terminal.err(`offprint: ${safeLine(line)}`);
      if (found.failures.length > 0 || found.inputs.length === 0) code = 1;
    }
    if (inputs.length === 0) return code;
    report = await library.importFiles(inputs, {
      format: options.format ?? null,
      dryRun: options.dryRun === true,
      takeMarks: options.takeMarks === true,
      onProgress: (progress) => terminal.progress?.(progressLine(progress)),
      signal: interrupt.signal,
    });
  } catch (error) {
    if (!interrupt.signal.aborted || !(error instanceof OffprintError) || error.code !== 'refused') throw error;
    terminal.progress?.(null);
    terminal.err(`offprint: ${safeLine(error.message)}`);
    return 130;
  } finally {
    terminal.progress?.(null);
  }
  for (const { path, reason } of report.failures) {
    terminal.err(`offprint: ${safeLine(reason.includes(path) ? reason : `${path}: ${reason}`)}`);
  }
  terminal.out(options.json ? `${JSON.stringify(reportForJson(report))}\n` : printReport(report, options));
  if (report.marked > 0 && options.takeMarks !== true) {
    const papers = report.marked === 1 ? '1 paper' : `${report.marked} papers`;
    terminal.err(
      `offprint: These files hold notes, tags or statuses of ${papers}; --take-marks takes them where you have none.`,
    );
  }
  return report.failures.length > 0 ? 1 : code;
}

/**
 * What is to be imported under a path as the reader typed it: a file, all of a folder, or standard
 * input. `failures` say what could not be read, `notices` what was passed over in a folder.
 */
async function inputsOf(
  { folder, input }: Terminal,
  path: string,
  signal: AbortSignal,
): Promise<{ inputs: ImportedInput[]; failures: string[]; notices: string[] }> {
  const nothing = { inputs: [], failures: [], notices: [] };
  if (path === standardInput) return { ...nothing, inputs: [{ name: inputName, stream: input }] };
  const whole = resolve(folder, path);
  const isFolder = await stat(whole).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isFolder) return { ...nothing, inputs: [{ path: whole, name: path }] };
  const asTyped = (text: string) => text.replaceAll(whole, path);
  try {
    const { paths, unreadable, notices } = await listFiles(whole, { signal });
    const inputs = paths.map((file) => ({ path: file, name: join(path, relative(whole, file)) }));
    return { inputs, failures: unreadable.map(asTyped), notices: notices.map(asTyped) };
  } catch (error) {
    if (signal.aborted) throw error;
    return { ...nothing, failures: [asTyped(failureOf(error).message)] };
  }
}

function typed(name: string): string {
  return name === inputName ? standardInput : name;
}

function reportForJson({ files, failures, total }: ImportReport) {
  return {
    files: files.map(({ path, format, new: added, merged, unchanged, skipped, skippedCount }) => {
      // Only so many are named; then their number says more than the list.
      const count = skippedCount > skipped.length ? { skippedCount } : {};
      return { path: typed(path), format, new: added, merged, unchanged, skipped, ...count };
    }),
    ...(failures.length > 0 && { failures: failures.map(({ path, reason }) => ({ path: typed(path), reason })) }),
    total,
  };
}

function counts(of: { new: number; merged: number; unchanged: number }, skipped: number): string {
  return `${of.new} new, ${of.merged} merged, ${of.unchanged} unchanged, ${skipped} skipped`;
}

function printFile(file: ImportedFile): string {
  const skipped = file.skipped.map(({ where, reason }) => `  ${safeLine(where)}: ${safeLine(reason)}\n`);
  const unnamed = file.skippedCount - file.skipped.length;
  const more = unnamed > 0 ? `  … and ${unnamed} more\n` : '';
  return `${safeLine(typed(file.path))}: ${counts(file, file.skippedCount)}\n${skipped.join('')}${more}`;
}

function printReport({ files, failures, total }: ImportReport, { dryRun }: ImportOptions): string {
  const several = files.length + failures.length > 1;
  const sum = several ? `Total: ${counts(total, total.skipped)}\n` : '';
  return `${files.map(printFile).join('')}${sum}${dryRun ? 'Nothing was written: this was a dry run.\n' : ''}`;
}

function progressLine({ phase, file, index, files, done, papers }: ImportProgress): string {
  const what = phase === 'reading' ? `Reading ${safeLine(file)}` : 'Writing';
  const which = phase === 'reading' && files > 1 ? ` (${index} of ${files})` : '';
  return `${what}${which}: ${Math.floor(done * 100)} %, ${papers.toLocaleString('en')} papers. Ctrl+C cancels.`;
}
