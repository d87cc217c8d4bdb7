import { isDeepStrictEqual } from 'node:util';
import type { LocalPapersWriter } from './local-papers-writer.ts';
import type { FileToImport } from './papers-writer.ts';
import { dump } from './writer-testing.ts';

/** What became of the files of {@link importAndTakeBack}. */
export interface ImportedBatch {
  read: number;
  refused: number;
  papers: number;
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

function mustBeSame(before: unknown, after: Record<string, unknown>, what: string): void {
  if (isDeepStrictEqual(before, after)) return;
  const tables = Object.keys(after).filter(
    (table) => !isDeepStrictEqual((before as Record<string, unknown>)[table], after[table]),
  );
  throw new Error(`${what}: ${tables.join(', ')} differ`);
}

/**
 * Imports files that may be damaged in every way into a library and takes it all back: cancelled
 * while it is read, cancelled when it waits to be confirmed, confirmed, imported again, undone.
 * @param folder of the library that `writer` writes
 * @param stopAfter how many tellings of progress the first import is cancelled after
 * @throws Error that tells what must not be: a file that is neither read nor refused in plain
 * words, anything written by an import that was refused or cancelled, a second import that is not
 * the same, an undoing that leaves something
 */
export async function importAndTakeBack(
  folder: string,
  writer: LocalPapersWriter,
  files: readonly FileToImport[],
  stopAfter: number,
): Promise<ImportedBatch> {
  const before = dump(folder);

  let told = 0;
  let stopping: Promise<void> | null = null;
  const stopped = await writer
    .preview({ files, format: null }, () => {
      told += 1;
      if (told > stopAfter) stopping ??= writer.cancel();
    })
    .then(
      () => null,
      (error: unknown) => error,
    );
  await (stopping ?? writer.cancel());
  must(stopped === null || /was cancelled/.test(String(stopped)), `the cancelled import ended with ${String(stopped)}`);
  mustBeSame(before, dump(folder), 'after an import was cancelled while it was read');

  const previewed = await writer.preview({ files, format: null }, () => {});
  must(previewed.files.length + previewed.failures.length === files.length, 'a file is neither read nor refused');
  for (const { path, reason } of previewed.failures) {
    const isPlain = reason.startsWith(path) && reason.endsWith('Nothing was imported.');
    must(isPlain && !/went wrong inside/.test(reason), `refused with: ${reason}`);
  }
  await writer.cancel();
  mustBeSame(before, dump(folder), 'after an import was cancelled instead of confirmed');

  const again = await writer.preview({ files, format: null }, () => {});
  must(isDeepStrictEqual(again.total, previewed.total), 'the same files bring something else the second time');
  const { change } = await writer.confirm(() => {});
  const after = dump(folder);
  must(isDeepStrictEqual(after['strays'], []), `rows that belong to nothing: ${JSON.stringify(after['strays'])}`);

  const third = await writer.preview({ files, format: null }, () => {});
  must(third.total.new === 0 && third.total.merged === 0, 'what has been imported is new when it comes again');
  await writer.cancel();
  mustBeSame(after, dump(folder), 'after the same files came again');

  if (change !== null) {
    await writer.undo(change);
    await writer.redo(change);
    mustBeSame(after, dump(folder), 'after the import was undone and done again');
    await writer.undo(change);
    await writer.forgetUndone([]);
  }
  mustBeSame(before, dump(folder), 'after the import was undone');
  return { read: previewed.files.length, refused: previewed.failures.length, papers: previewed.total.new };
}
