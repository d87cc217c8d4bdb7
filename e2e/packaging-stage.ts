import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { createPackage } from '@electron/asar';
import { isBuilt } from '../main/start/build-stamp.ts';

const root = dirname(import.meta.dirname);
const run = promisify(execFile);

/** What marks the fuses in Electron's program file. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/**
 * The fuses of a stand-in runtime, as version, length and one character each: every one set to
 * what the configuration must change, where it names it, and the ninth, which it does not, left on.
 */
const wire = { version: 1, states: '101100111' } as const;

/**
 * Makes a folder that electron-builder takes for an unpacked Electron runtime: no program is in
 * it, but the fuses are where the real one has them, and the archive is a real one.
 */
export async function standInRuntime(folder: string): Promise<void> {
  const defaultApp = join(folder, '..', 'default_app');
  mkdirSync(defaultApp);
  writeFileSync(join(defaultApp, 'main.js'), '');
  mkdirSync(join(folder, 'resources'), { recursive: true });
  await createPackage(defaultApp, join(folder, 'resources', 'default_app.asar'));
  const head = Buffer.from([wire.version, wire.states.length]);
  const program = Buffer.concat([Buffer.from(`stand-in ${sentinel}`), head, Buffer.from(`${wire.states} stand-in`)]);
  writeFileSync(join(folder, 'electron'), program);
  chmodSync(join(folder, 'electron'), 0o755);
  writeFileSync(join(folder, 'LICENSE'), 'licence of the runtime');
  writeFileSync(join(folder, 'LICENSES.chromium.html'), 'licences of Chromium');
}

const packed = ['package.json', 'electron-builder.yml', 'LICENSE', 'resources'];
const built = ['main', 'renderer', 'shared', 'vite.config.ts', 'package-lock.json', 'tsconfig.json'];

/**
 * Copies what is packed into a folder of its own, built: with `out/` as it is if that is fresh,
 * else built there, so that the project's own `out/` is never touched.
 */
export async function stageProject(folder: string): Promise<void> {
  const isFresh = isBuilt(root);
  for (const name of [...packed, ...(isFresh ? ['out'] : built)]) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  if (isFresh) return;
  await run(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], { cwd: folder });
}

/**
 * Runs electron-builder for Linux without making an installer. Whatever it might download would
 * go through a proxy that is not there.
 * @param folder the staged project; the result is in `release/linux-unpacked`
 * @param runtime the folder of the runtime
 */
export async function pack(folder: string, runtime: string): Promise<void> {
  const nowhere = 'http://127.0.0.1:9';
  const builder = join(root, 'node_modules/electron-builder/cli.js');
  const options = ['--linux', 'dir', '--x64', '--publish', 'never', `-c.electronDist=${runtime}`];
  await run(process.execPath, [builder, ...options], {
    cwd: folder,
    env: { ...process.env, HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, ALL_PROXY: nowhere },
  });
}
