// npm run check-electron: before a release. Fails when Electron has a newer version that mends what ours has.
// It asks npm, and so belongs to no test.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { whyNotToShip } from './electron-support.ts';

const root = dirname(dirname(import.meta.dirname));
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  devDependencies: { electron: string };
};
const isWindows = process.platform === 'win32';
const told = execFileSync('npm', ['view', 'electron', 'versions', '--json'], { encoding: 'utf8', shell: isWindows });
const versions = JSON.parse(told) as string | string[];
const reason = whyNotToShip(devDependencies.electron, Array.isArray(versions) ? versions : [versions]);
process.stdout.write(`${reason ?? `Electron ${devDependencies.electron} is the newest of its kind, and mended.`}\n`);
process.exitCode = reason === null ? 0 : 1;
