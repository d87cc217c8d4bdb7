import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stampFile, stampOfSources } from './build-stamp.ts';
import { findElectron } from './electron-runtime.ts';
import type { Ended, Machine } from './machine.ts';
import { startOffprint } from './start-offprint.ts';

let root: string;
let said: string[];
let ran: string[][];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'offprint-start-'));
  said = [];
  ran = [];
  for (const file of ['main/a.ts', 'renderer/a.ts', 'shared/a.ts']) put(file, 'one');
  for (const file of ['vite.config.ts', 'package.json', 'package-lock.json']) put(file, 'one');
  put(stampFile, stampOfSources(root));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function putElectron(): void {
  put('node_modules/electron/path.txt', 'electron');
  put('node_modules/electron/dist/electron', '');
}

const fine: Ended = { code: 0, output: '' };

/** A desktop with a screen. `answers` says how a program ends, by a word of its command. */
function machine(answers: Record<string, () => Ended> = {}, own: Partial<Machine> = {}): Machine {
  return {
    env: {},
    platform: 'linux',
    isRoot: false,
    hasScreen: true,
    folder: '/home/reader',
    async run(program, args) {
      const command = [program, ...args].map((word) => word.replace(process.execPath, 'node').replace(root, '.'));
      ran.push(command);
      const answer = Object.entries(answers).find(([word]) => command.some((part) => part.endsWith(word)));
      return answer ? answer[1]() : fine;
    },
    say: (line) => said.push(line),
    ...own,
  };
}

const electron = './node_modules/electron/dist/electron';
const serve = ['node', '--disable-warning=ExperimentalWarning', './out/main/cli.js', 'serve'];

test('opens the window when all is there, saying nothing', async () => {
  putElectron();
  expect(await startOffprint(machine(), root, ['--data-dir', resolve('/my papers')])).toBe(0);
  expect(await startOffprint(machine(), root, ['--data-dir', ''])).toBe(0);
  expect(ran).toEqual([
    [electron, '.', '--data-dir', resolve('/my papers')],
    [electron, '.'],
  ]);
  expect(said).toEqual([]);
});

test.each([
  ['a changed file', 'shared/a.ts', 'two'],
  ['a new file', 'renderer/b.tsx', 'one'],
  ['a changed dependency', 'package-lock.json', 'two'],
  ['a build that did not end', stampFile, ''],
])('builds first after %s', async (_name, path, content) => {
  putElectron();
  put(path, content);
  await startOffprint(machine(), root, []);
  expect(ran[0]).toEqual(['node', './node_modules/vite/bin/vite.js', 'build']);
  expect(ran[1]).toEqual([electron, '.']);
  expect(said).toEqual(['Building Offprint…']);
});

test('builds first after a file was deleted, but not for a test', async () => {
  const before = stampOfSources(root);
  put('main/a.test.ts', 'one');
  expect(stampOfSources(root)).toBe(before);
  rmSync(join(root, 'main/a.ts'));
  expect(stampOfSources(root)).not.toBe(before);
});

test('a build that fails is shown, and nothing is opened', async () => {
  put('shared/a.ts', 'two');
  const failing = machine({ 'vite.js': () => ({ code: 1, output: 'error: main/a.ts:1\n' }) });
  expect(await startOffprint(failing, root, [])).toBe(1);
  expect(said.at(-1)).toBe('error: main/a.ts:1\nOffprint could not be built.');
  expect(ran).toHaveLength(1);
});

test('fetches a missing runtime once, then opens the window', async () => {
  const online = machine({
    'install.js': () => {
      putElectron();
      return fine;
    },
  });
  expect(await startOffprint(online, root, [])).toBe(0);
  expect(ran).toEqual([
    ['node', './node_modules/electron/install.js'],
    [electron, '.'],
  ]);
  expect(said).toEqual(['Fetching the Electron runtime, once…']);
});

test('opens the browser where the runtime cannot be fetched, and says so in one line', async () => {
  const offline = machine({ 'install.js': () => ({ code: 1, output: 'getaddrinfo ENOTFOUND\n at …' }) });
  expect(await startOffprint(offline, root, ['--port', '4000', '--data-dir', 'd'])).toBe(0);
  expect(ran.map((command) => command[1])).toEqual(['./node_modules/electron/install.js', serve[1]]);
  // A relative folder is meant from where the reader typed it.
  expect(ran[1]).toEqual([...serve, '--data-dir', resolve('/home/reader/d'), '--port', '4000']);
  expect(said).toHaveLength(2);
  expect(said[1]).toMatch(/^The Electron runtime is missing .* Offprint opens in the browser instead\.$/);
});

test('the fetching has a time limit', async () => {
  let atMost: number | undefined;
  const limited = machine(
    {},
    {
      run: async (_program, args, how) => {
        if (args[0]?.endsWith('install.js')) atMost = how.atMost;
        return fine;
      },
    },
  );
  await startOffprint(limited, root, []);
  expect(atMost).toBeGreaterThan(10_000);
});

test.each([
  ['no screen', { hasScreen: false }, /^There is no screen/],
  ['the administrator', { isRoot: true }, /^As root/],
])('opens the browser for %s', async (_name, own, words) => {
  putElectron();
  expect(await startOffprint(machine({}, own), root, [])).toBe(0);
  expect(ran).toEqual([serve]);
  expect(said).toEqual([expect.stringMatching(words)]);
});

test('opens the window for the administrator who gives up the sandbox', async () => {
  putElectron();
  await startOffprint(machine({}, { isRoot: true }), root, ['--no-sandbox']);
  expect(ran).toEqual([[electron, '--no-sandbox', '.']]);
});

test('other systems always have a screen', async () => {
  put('node_modules/electron/path.txt', 'Electron.app/Contents/MacOS/Electron');
  put('node_modules/electron/dist/Electron.app/Contents/MacOS/Electron', '');
  await startOffprint(machine({}, { platform: 'darwin', hasScreen: false }), root, []);
  expect(ran).toEqual([['./node_modules/electron/dist/Electron.app/Contents/MacOS/Electron', '.']]);
});

test('opens the browser where the runtime lacks a library of the system', async () => {
  putElectron();
  await startOffprint(machine({ electron: () => ({ code: 127, output: '' }) }), root, []);
  expect(ran).toEqual([[electron, '.'], serve]);
  expect(said).toEqual([expect.stringMatching(/^The Electron runtime does not run on this system\./)]);
});

test('a window or server that fails makes the start fail', async () => {
  putElectron();
  expect(await startOffprint(machine({ electron: () => ({ code: 1, output: '' }) }), root, [])).toBe(1);
  expect(await startOffprint(machine({ serve: () => ({ code: 1, output: '' }) }), root, ['--browser'])).toBe(1);
  expect(await startOffprint(machine({ serve: () => ({ code: null, output: '' }) }), root, ['--browser'])).toBe(1);
});

test('goes straight to the browser when asked', async () => {
  putElectron();
  await startOffprint(machine(), root, ['--browser', '--no-open']);
  expect(ran).toEqual([[...serve, '--no-open']]);
  expect(said).toEqual([]);
});

test.each([['--nonsense'], ['paper.txt'], ['--port'], ['--data-dir']])('wrong usage is 2: %s', async (arg) => {
  expect(await startOffprint(machine(), root, [arg])).toBe(2);
  expect(said[0]).toContain('Usage: npm start');
  expect(ran).toEqual([]);
});

test('finds the runtime where the electron package would', () => {
  expect(findElectron(root, {}, 'linux')).toBeNull();
  put('elsewhere/electron.exe', '');
  const env = { ELECTRON_OVERRIDE_DIST_PATH: join(root, 'elsewhere') };
  expect(findElectron(root, env, 'win32')).toBe(join(root, 'elsewhere/electron.exe'));
  expect(findElectron(root, env, 'linux')).toBeNull();
  putElectron();
  expect(findElectron(root, {}, 'linux')).toBe(join(root, 'node_modules/electron/dist/electron'));
});
