import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A file that the build made, with its size as it is and as it travels. */
export interface BuiltFile {
  name: string;
  bytes: number;
  gzipped: number;
}

function builtFile(folder: string, name: string): BuiltFile {
  const content = readFileSync(join(folder, name));
  return { name, bytes: content.length, gzipped: gzipSync(content, { level: 9 }).length };
}

/** Names of the files that a script of the build imports, in words of its own folder. */
function importsOf(code: string, isDynamic: boolean): string[] {
  const form = isDynamic
    ? /\bimport\(\s*["'`]\.\/([^"'`]+)["'`]\s*\)/g
    : /(?:^|[;}\s])(?:import|export)\b(?!\s*\()[^'"`;()]*?["']\.\/([^"']+\.c?js)["']/g;
  return [...code.matchAll(form)].map(([, name = '']) => name);
}

/**
 * The scripts that are loaded with one of the build's, itself among them: what it imports, and what that does.
 * @param folder the folder of all of them
 * @param entries their names
 */
export function loadedWith(folder: string, ...entries: string[]): string[] {
  const found = new Set<string>();
  const look = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    for (const each of importsOf(readFileSync(join(folder, name), 'utf8'), false)) look(each);
  };
  for (const entry of entries) look(entry);
  return [...found];
}

/** The scripts that one of the build's loads only when it comes to that, by their names. */
export function loadedLater(folder: string, name: string): string[] {
  return importsOf(readFileSync(join(folder, name), 'utf8'), true);
}

/**
 * The modules that a script of the main process is made of, as paths from the project's folder. Rolldown writes the path
 * of each above its code.
 */
export function modulesIn(folder: string, name: string): string[] {
  const code = readFileSync(join(folder, name), 'utf8');
  return [...code.matchAll(/^\/\/(?:#region)? ((?:main|shared|node_modules)\/\S+\.[cm]?[jt]s)$/gm)].map(
    ([, path = '']) => path,
  );
}

/** What of the page is loaded before anything is shown, and what later or never. */
export interface PageCode {
  /** Scripts and styles that `index.html` names, and the scripts that these import. */
  first: BuiltFile[];
  /** All others. */
  later: BuiltFile[];
}

/**
 * The scripts and styles of the page.
 * @param folder `out/renderer`
 */
export function pageCode(folder: string): PageCode {
  const assets = join(folder, 'assets');
  const named = [...readFileSync(join(folder, 'index.html'), 'utf8').matchAll(/(?:src|href)="\.\/assets\/([^"]+)"/g)]
    .map(([, name = '']) => name)
    .filter((name) => /\.(?:js|css)$/.test(name));
  const scripts = loadedWith(assets, ...named.filter((name) => name.endsWith('.js')));
  const first = new Set([...named, ...scripts]);
  const all = readdirSync(assets).filter((name) => /\.(?:js|css)$/.test(name));
  return {
    first: [...first].map((name) => builtFile(assets, name)),
    later: all.filter((name) => !first.has(name)).map((name) => builtFile(assets, name)),
  };
}

/** The bytes of some files, together. */
export function together(files: readonly BuiltFile[]): { bytes: number; gzipped: number } {
  const sum = (of: 'bytes' | 'gzipped') => files.reduce((total, file) => total + file[of], 0);
  return { bytes: sum('bytes'), gzipped: sum('gzipped') };
}

/**
 * The scripts that a start of the window loads into the main process: the entry, what its window's part is made of,
 * and what both import.
 * @param folder `out/main`
 */
export function windowsCode(folder: string): string[] {
  const window = loadedLater(folder, 'main.js').filter((name) => /^main-/.test(name));
  if (window.length !== 1) throw new Error(`main.js has ${window.length} parts called main, not one`);
  return loadedWith(folder, 'main.js', ...window);
}

/**
 * The scripts that `serve` loads: those of the command line, and its own part.
 * @param folder `out/main`
 */
export function servesCode(folder: string): string[] {
  const first = loadedWith(folder, 'cli.js');
  const own = first.flatMap((name) => loadedLater(folder, name)).filter((name) => /^serve-/.test(name));
  if (own.length !== 1) throw new Error(`cli.js has ${own.length} parts called serve, not one`);
  return loadedWith(folder, 'cli.js', ...own);
}
