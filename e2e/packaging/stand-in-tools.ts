/**
 * Stands in for the programs that electron-builder fetches to make installers: run with the name of one of them and what
 * that would be given. None makes an installer. Each leaves, beside the file that is asked for, `FILE.contents` with what
 * would be in it and `FILE.given.json` with how the program was called; `fpm` makes a deb and an rpm by the
 * system's own tools where those are installed.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { ZipFile } from 'yazl';
import { windowsProgram } from './stand-in-runtime.ts';
import { buildDeb, buildRpm, type SystemPackage } from './system-packages.ts';

const tools: Record<string, (args: readonly string[]) => void | Promise<void>> = {
  '7za': compress,
  mksquashfs,
  fpm,
  makensis,
  wine,
};

const copy = (from: string, to: string) =>
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });

/** `7za a [-switches] OUT WHAT`: a gzipped file or a zip; of a 7z, which is for Windows' installer, only the contents. */
async function compress(args: readonly string[]): Promise<void> {
  const [out = '', what = ''] = args.slice(1).filter((each) => !each.startsWith('-'));
  if (out.endsWith('.gz')) writeFileSync(out, gzipSync(readFileSync(what)));
  else if (out.endsWith('.zip')) await zip(out, what);
  else {
    copy(resolve(what), `${out}.contents`);
    writeFileSync(out, 'stand-in for an archive');
  }
}

async function zip(out: string, what: string): Promise<void> {
  const file = new ZipFile();
  const prefix = what === '.' ? '' : `${what}/`;
  for (const each of readdirSync(what, { recursive: true, withFileTypes: true })) {
    const path = join(each.parentPath, each.name);
    if (each.isFile()) file.addFile(path, `${prefix}${path.slice(what === '.' ? 0 : what.length + 1)}`);
  }
  file.end();
  await pipeline(file.outputStream, createWriteStream(out));
}

/** `mksquashfs FOLDER OUT -offset BYTES …` */
function mksquashfs(args: readonly string[]): void {
  const [folder = '', out = ''] = args;
  copy(folder, `${out}.contents`);
  writeFileSync(`${out}.given.json`, JSON.stringify(args));
  const offset = Number(args[args.indexOf('-offset') + 1]);
  writeFileSync(out, Buffer.concat([Buffer.alloc(offset), Buffer.from('stand-in for a file system')]));
}

const several = new Set(['-d', '--deb-recommends', '--exclude']);

/** `fpm -s dir -t deb|rpm [--option VALUE]… [FROM=TO]…` */
function fpm(args: readonly string[]): void {
  const options: Record<string, string> = {};
  const lists: Record<string, string[]> = {};
  const inputs: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--force') continue;
    const [name = '', joined] = /^(--[\w-]+)=(.*)$/s.exec(arg)?.slice(1) ?? [arg];
    if (!name.startsWith('-')) {
      inputs.push(arg);
      continue;
    }
    const value = joined ?? args[++at] ?? '';
    if (several.has(name)) lists[name] = [...(lists[name] ?? []), value];
    else options[name] = value;
  }
  const file = options['--package'] ?? '';
  const folder = `${file}.contents`;
  for (const input of inputs) {
    const [from = '', to = ''] = input.split('=');
    const target = join(folder, to);
    mkdirSync(dirname(target), { recursive: true });
    copy(from, target);
  }
  for (const left of lists['--exclude'] ?? []) spawnSync('rm', ['-r', join(folder, left)]);
  const scripts = ['--after-install', '--after-remove'].map((name) => readFileSync(options[name] ?? '', 'utf8'));
  const made: SystemPackage = { options, lists, folder, scripts: [scripts[0] ?? '', scripts[1] ?? ''] };
  writeFileSync(`${file}.given.json`, JSON.stringify(made));
  if (options['-t'] === 'deb') buildDeb(made, file);
  else buildRpm(made, file);
  if (!existsSync(file)) writeFileSync(file, 'stand-in for a package');
}

/** `makensis -DNAME=VALUE … -XOutFile "FILE" … -`, the script on standard input. */
function makensis(args: readonly string[]): void {
  const out = args.find((arg) => arg.startsWith('-XOutFile '))?.slice('-XOutFile '.length) ?? '';
  const isUninstaller = args.includes('-DBUILD_UNINSTALLER');
  const file = out.replaceAll('"', '');
  const script = readFileSync(0, 'utf8');
  if (!isUninstaller) writeFileSync(`${file}.given.json`, JSON.stringify({ args, script }));
  // A real program file, which can be signed.
  writeFileSync(file, windowsProgram());
}

/** `wine INSTALLER`, which would write the uninstaller. */
function wine(args: readonly string[]): void {
  writeFileSync((args[0] ?? '').replace(/exe$/, '__uninstaller.exe'), windowsProgram());
}

const [name = '', ...args] = process.argv.slice(2);
await tools[name]?.(args);
