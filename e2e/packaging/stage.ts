import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { extractFile, listPackage } from '@electron/asar';
import { isBuilt } from '../../main/start/build-stamp.ts';

const root = dirname(dirname(import.meta.dirname));
const run = promisify(execFile);

const packed = ['package.json', 'electron-builder.yml', 'LICENSE', 'resources'];
const built = ['main', 'renderer', 'shared', 'vite.config.ts', 'package-lock.json', 'tsconfig.json'];

/**
 * Copies what is packed into a folder of its own, built: with `out/` as it is if that is fresh,
 * else built there, so that the project's own `out/` is never touched.
 */
export async function stageProject(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const isFresh = isBuilt(root);
  for (const name of [...packed, ...(isFresh ? ['out'] : built)]) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  if (isFresh) return;
  await run(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], { cwd: folder });
}

/** What is told to electron-builder by the environment: nothing that could sign, and a proxy that is not there. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const nowhere = 'http://127.0.0.1:9';
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:WIN_)?CSC_|^APPLE_|^OFFPRINT_/.test(name));
  return { ...Object.fromEntries(kept), HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, ALL_PROXY: nowhere };
}

/**
 * Runs electron-builder. Whatever it might download would go through a proxy that is not there.
 * @param folder the staged project; the result is in `release/`
 * @param runtime the folder of the runtime
 * @param options what to make, as electron-builder's own command line has it
 * @param env variables to set for it
 * @throws Error with the end of what it said, when it did not make what it was to make
 */
export async function pack(
  folder: string,
  runtime: string,
  options: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const builder = join(root, 'node_modules/electron-builder/cli.js');
  const all = [builder, ...options, '--publish', 'never', `-c.electronDist=${runtime}`];
  const how = { cwd: folder, env: { ...ownEnvironment(), ...env }, maxBuffer: 16 * 1024 * 1024 };
  await run(process.execPath, all, how).catch((error: { message: string; stdout?: string }) => {
    // What went wrong is said there, after a long list of what went well.
    throw new Error(`${error.message}\n${error.stdout?.slice(-3000)}`);
  });
}

/**
 * Puts stand-ins for the programs that electron-builder fetches into a folder; see `stand-in-tools.ts`. They are shell
 * scripts.
 * @returns the variables that tell electron-builder where they are
 */
export function standInTools(folder: string): Record<string, string> {
  const write = (path: string, tool: string) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    const script = join(import.meta.dirname, 'stand-in-tools.ts');
    writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${script}' ${tool} "$@"\n`, { mode: 0o755 });
    return file;
  };
  for (const [path, text] of [
    ['appimage/desktop-file-validate', ''],
    ['appimage/runtimes/runtime-x64', 'launcher for x64'],
    ['appimage/runtimes/runtime-arm64', 'launcher for arm64'],
    ['appimage/lib/x64/libnone.so', ''],
    ['appimage/lib/arm64/libnone.so', ''],
    ['nsis/windows/Plugins/x86-unicode/none.dll', ''],
  ] as const) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  write('appimage/mksquashfs', 'mksquashfs');
  write('nsis/makensis', 'makensis');
  return {
    ELECTRON_BUILDER_7ZIP_PATH: write('7za', '7za'),
    CUSTOM_FPM_PATH: write('fpm', 'fpm'),
    APPIMAGE_TOOLS_PATH: join(folder, 'appimage'),
    ELECTRON_BUILDER_NSIS_DIR: join(folder, 'nsis'),
    ELECTRON_BUILDER_NSIS_RESOURCES_DIR: join(folder, 'nsis'),
    PATH: [dirname(write('path/wine', 'wine')), process.env['PATH']].join(delimiter),
  };
}

/** Paths of all files below a folder, with `/`, sorted. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.split(sep).join('/'))
    .toSorted();
}

/** Paths of all files in an archive of Electron's, with `/`, sorted. */
export function filesInArchive(archive: string): string[] {
  const paths = listPackage(archive, { isPack: false }).map((path) => path.split(sep).join('/').slice(1));
  return paths.filter((path) => !paths.some((other) => other.startsWith(`${path}/`))).toSorted();
}

/** A file in an archive of Electron's. */
export function fileInArchive(archive: string, path: string): Buffer {
  return extractFile(archive, path.split('/').join(sep));
}
