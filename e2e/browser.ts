import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import type { Ended, Machine } from '../main/start/machine.ts';

/** What finding a browser depends on; the computer's own unless a test says otherwise. */
export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  home: string;
  /** Where Playwright keeps its own Chromium once that is installed. */
  playwrightsOwn: string;
  /** True when the path is a program that may be run. */
  isProgram(path: string): boolean;
  /** True when the program starts. Ubuntu ships a `chromium-browser` that only says what to install. */
  starts(path: string): boolean;
}

/** The surroundings of this process. */
export function theseSurroundings(): Surroundings {
  return {
    env: process.env,
    platform: process.platform,
    home: homedir(),
    playwrightsOwn: chromium.executablePath(),
    isProgram(path) {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    },
    // On Windows and macOS what is installed is a program, and asking its version could open a window.
    starts: (path) =>
      process.platform !== 'linux' || spawnSync(path, ['--version'], { timeout: 20_000, stdio: 'ignore' }).status === 0,
  };
}

/** Variables that name a browser, the first that is set counts. */
const variables = ['PLAYWRIGHT_CHROMIUM', 'CHROME_PATH'];

const linuxNames = ['chromium', 'google-chrome-stable', 'google-chrome', 'chromium-browser', 'microsoft-edge-stable'];
const macPrograms = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const windowsPrograms = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

/**
 * Finds a Chromium to drive: the one a variable names, Playwright's own, or an installed Chromium,
 * Chrome or Edge.
 * @returns its path, or null when there is none
 * @throws Error when a variable names something that is no program
 */
export function findBrowser(surroundings: Surroundings = theseSurroundings()): string | null {
  for (const variable of variables) {
    const named = surroundings.env[variable];
    if (!named) continue;
    if (surroundings.isProgram(named)) return named;
    throw new Error(`${variable} names ${named}, which is not a program that can be run.`);
  }
  const candidates = [surroundings.playwrightsOwn, ...installedBrowsers(surroundings)];
  return candidates.find((path) => surroundings.isProgram(path) && surroundings.starts(path)) ?? null;
}

function installedBrowsers({ env, platform, home }: Surroundings): string[] {
  if (platform === 'darwin') {
    const folders = ['/Applications', `${home}/Applications`];
    return macPrograms.flatMap((name) => folders.map((folder) => `${folder}/${name}.app/Contents/MacOS/${name}`));
  }
  if (platform === 'win32') {
    const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => env[name]);
    return windowsPrograms.flatMap((program) => folders.flatMap((folder) => (folder ? [`${folder}\\${program}`] : [])));
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return linuxNames.flatMap((name) => [...folders, '/usr/bin', '/snap/bin'].map((folder) => join(folder, name)));
}

/** Longest wait for a browser to be fetched or installed, in milliseconds. */
const longestInstall = 300_000;

const whatToType = [
  'There is no browser to test in, and none could be installed. Type one of these, then try again:',
  '  npx playwright install --with-deps chromium',
  '  sudo apt-get install chromium',
  '  CHROME_PATH=/path/to/chrome npm test',
].join('\n');

/**
 * Finds a browser and, where there is none, installs one: Playwright's, else the system's when this
 * process may do that.
 * @param root the project's folder
 * @returns its path, or null, after having said what to type
 */
export async function obtainBrowser(
  machine: Pick<Machine, 'run' | 'say' | 'isRoot'>,
  root: string,
  surroundings: Surroundings = theseSurroundings(),
): Promise<string | null> {
  const run = (program: string, args: string[]): Promise<Ended> =>
    machine.run(program, args, { show: false, atMost: longestInstall });

  const found = findBrowser(surroundings);
  if (found !== null) return found;
  machine.say('There is no browser to test in: installing the one that Playwright offers…');
  await run(process.execPath, [join(root, 'node_modules/@playwright/test/cli.js'), 'install', 'chromium']);
  const fetched = findBrowser(surroundings);
  if (fetched !== null) return fetched;
  if (surroundings.platform === 'linux' && machine.isRoot && surroundings.isProgram('/usr/bin/apt-get')) {
    machine.say('That could not be had: installing the system’s Chromium…');
    await run('/usr/bin/apt-get', ['update']);
    await run('/usr/bin/apt-get', ['-o', 'DPkg::Lock::Timeout=60', 'install', '-y', 'chromium']);
    const installed = findBrowser(surroundings);
    if (installed !== null) return installed;
  }
  machine.say(whatToType);
  return null;
}

/** Arguments for a Chromium that is driven by tests: no sandbox as root, and no network of its own. */
export const browserArguments: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
