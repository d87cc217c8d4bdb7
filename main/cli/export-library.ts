import { open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { mostRows } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { Paper } from '../../shared/paper.ts';
import { exportPapers } from '../exporters/offprint-json.ts';
import type { Library } from '../library.ts';
import { safeLine } from './safe-text.ts';
import type { ExitCode, Session } from './session.ts';

/** What stands for standard output in the place of a file. */
export const standardOutput = '-';

/** Every paper of the library, whole, in page order, one at a time. */
async function* allPapers({ handlers }: Library): AsyncGenerator<Paper, void> {
  const { result, total } = await handlers['list.open']({ view: 'all', query: '', sort: [], limit: 0 });
  try {
    for (let offset = 0; offset < total; offset += mostRows) {
      const { rows } = await handlers['list.rows']({ result, offset, limit: mostRows });
      for (const { id } of rows) yield await handlers['paper.get']({ id, query: '' });
    }
  } finally {
    await handlers['list.close']({ result });
  }
}

/**
 * Writes everything that the library knows, what the reader has said included, to a file (`-` for
 * standard output) that any Offprint can import. A file is replaced only once the new one is whole.
 */
export async function exportLibrary({ library, terminal }: Session, file: string): Promise<ExitCode> {
  const text = exportPapers(allPapers(library), Date.now());
  if (file === standardOutput) {
    for await (const piece of text) {
      terminal.out(piece);
      await terminal.drained();
    }
    return 0;
  }
  const path = resolve(terminal.folder, file);
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      for await (const piece of text) await handle.write(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    if (error instanceof OffprintError) throw error;
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new OffprintError('unreadable', `${file} could not be written${code}. Nothing was exported.`, {
      cause: error,
    });
  }
  const { counts } = await library.handlers['library.state']({});
  terminal.out(`Exported ${counts.all === 1 ? '1 paper' : `${counts.all} papers`} to ${safeLine(file)}.\n`);
  return 0;
}
