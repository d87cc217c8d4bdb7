import { cpSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createPackage } from '@electron/asar';
import { loadedWith, pageCode, servesCode, together, windowsCode } from '../built-code.ts';

const root = dirname(dirname(import.meta.dirname));

/** How much there is to load, in bytes. */
export interface Sizes {
  page: Record<'first' | 'later', { bytes: number; gzipped: number }>;
  /** What a start loads into the main process: of the window, of `serve`, and into the thread that reads the papers. */
  main: Record<'window' | 'serve' | 'papers', number>;
  /** The archive in an installed program. */
  archive: number;
}

/**
 * Measures what the build made.
 * @param scratch an empty folder, for the archive
 */
export async function measureSizes(scratch: string): Promise<Sizes> {
  const { first, later } = pageCode(join(root, 'out/renderer'));
  const main = join(root, 'out/main');
  const size = (names: readonly string[]) => names.reduce((sum, name) => sum + statSync(join(main, name)).size, 0);
  // The same files as in `electron-builder.yml`; an archive holds them one after the other, as they are.
  const packed = join(scratch, 'packed');
  mkdirSync(packed, { recursive: true });
  for (const name of ['out/main', 'out/preload', 'out/renderer', 'package.json']) {
    cpSync(join(root, name), join(packed, name), { recursive: true });
  }
  const archive = join(scratch, 'app.asar');
  await createPackage(packed, archive);
  return {
    page: { first: together(first), later: together(later) },
    main: {
      window: size(windowsCode(main)),
      serve: size(servesCode(main)),
      papers: size(loadedWith(main, 'corpus-worker.js')),
    },
    archive: statSync(archive).size,
  };
}
