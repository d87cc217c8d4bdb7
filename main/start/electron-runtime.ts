import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const programs: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/**
 * The Electron program, found as the `electron` package finds it: its `path.txt` names the program
 * within `dist`, or within the folder that `ELECTRON_OVERRIDE_DIST_PATH` names. Unlike the package
 * this never downloads anything.
 * @param root the project's folder
 * @returns null when the runtime is not there
 */
export function findElectron(
  root: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string | null {
  const folder = join(root, 'node_modules', 'electron');
  const program = readText(join(folder, 'path.txt')) ?? programs[platform] ?? 'electron';
  const path = join(env['ELECTRON_OVERRIDE_DIST_PATH'] || join(folder, 'dist'), program);
  return existsSync(path) ? path : null;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
