// npm run dist: builds, and makes installers for this platform in release/.
//   --signed     a release: what cannot be signed, and on macOS notarised, is not made
// All else is given to electron-builder, such as --dir, --linux deb, --x64. See resources/releasing.md.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { builderArguments, readTyped } from './builder-arguments.ts';

const root = dirname(dirname(import.meta.dirname));

// A secret that is not set reaches a hosted workflow as an empty variable, which electron-builder takes for one that is.
const env = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));

/** Runs one of the project's tools; true when it did what it was to do. */
function run(path: string, args: readonly string[]): boolean {
  const tool = join(root, 'node_modules', path);
  return spawnSync(process.execPath, [tool, ...args], { cwd: root, env, stdio: 'inherit' }).status === 0;
}

function main(): number {
  const typed = readTyped(process.argv.slice(2));
  let options: string[];
  try {
    options = builderArguments({ env, platform: process.platform, isSigned: typed.isSigned });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
  if (!run('vite/bin/vite.js', ['build'])) return 1;
  return run('electron-builder/cli.js', [...typed.options, ...options]) ? 0 : 1;
}

process.exitCode = main();
