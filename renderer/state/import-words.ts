import type { ImportReport } from '../../shared/contract.ts';
import type { ImportState } from './importing.ts';

/** A number and what it counts: `1 paper`, `1,204 papers`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString()} ${count === 1 ? noun : plural}`;
}

/** What files brought, or would, in one line: `55 papers: 3 new, 52 unchanged`. */
export function importSummary(total: ImportReport['total']): string {
  const parts = [
    [total.new, 'new'],
    [total.merged, 'merged'],
    [total.unchanged, 'unchanged'],
    [total.skipped, 'skipped'],
  ] as const;
  const head = counted(total.new + total.merged + total.unchanged, 'paper');
  const told = parts.filter(([count]) => count > 0).map(([count, name]) => `${count.toLocaleString()} ${name}`);
  return told.length === 0 ? head : `${head}: ${told.join(', ')}`;
}

/** What the reader is asked to confirm, as a sentence. */
export function previewSentence(total: ImportReport['total']): string {
  const { new: fresh, merged, unchanged, skipped } = total;
  if (fresh + merged + unchanged === 0) {
    return skipped === 0 ? 'There are no papers in it.' : 'There is no paper in it that can be imported.';
  }
  if (fresh + merged === 0) {
    return unchanged === 1
      ? 'The paper in it is in the library already, and there is nothing new about it.'
      : `All ${unchanged.toLocaleString()} papers in it are in the library already, and there is nothing new about them.`;
  }
  const parts: string[] = [];
  if (fresh > 0) parts.push(`${counted(fresh, 'new paper')} will come in`);
  if (merged > 0) parts.push(`${counted(merged, 'paper')} that you have will be filled in`);
  return `${parts.join(', and ')}.`;
}

/** How far an import is, in words and from 0 to 1; null when that cannot be said. */
export function progressOf(state: ImportState): { words: string; done: number | null } {
  if (state.phase === 'preview') return { words: 'The import is ready to be confirmed', done: 1 };
  if (state.phase === 'sending') {
    const { index, files, done } = state;
    return { words: files === 1 ? 'Opening the file' : `Opening file ${index} of ${files.toLocaleString()}`, done };
  }
  const { progress, phase } = state;
  const doing = phase === 'reading' ? 'Reading' : 'Importing';
  if (progress === null) return { words: doing, done: null };
  const { index, files, papers, done } = progress;
  const where = files > 1 && phase === 'reading' ? ` file ${index} of ${files.toLocaleString()}` : '';
  return { words: `${doing}${where}: ${counted(papers, 'paper')}`, done };
}
