import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OffprintError } from '../../shared/outcome.ts';

/**
 * Builds the page when it was never built, so that a fresh checkout can be served at once. Does
 * nothing in an installed program, which has its page and nothing to build it with.
 * @param root the project's folder
 * @throws OffprintError `unreadable` with what the build said, when it fails
 */
export async function buildPageIfMissing(root: string): Promise<void> {
  const builder = join(root, 'node_modules/vite/bin/vite.js');
  if (existsSync(join(root, 'out/renderer/index.html')) || !existsSync(builder)) return;
  await new Promise<void>((resolve, reject) => {
    execFile(process.execPath, [builder, 'build'], { cwd: root }, (error, stdout, stderr) => {
      if (error === null) return resolve();
      const said = `${stdout}${stderr}`.trim();
      reject(new OffprintError('unreadable', `The page could not be built.\n${said}`, { cause: error }));
    });
  });
}
