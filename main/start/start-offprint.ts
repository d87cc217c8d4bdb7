import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isBuilt } from './build-stamp.ts';
import { findElectron } from './electron-runtime.ts';
import type { Machine } from './machine.ts';

const usage = 'Usage: npm start -- [--data-dir DIR] [--browser] [--port N] [--no-open] [--no-sandbox]';

/** Longest wait for the Electron runtime, in milliseconds: enough for 110 MB on an ordinary line. */
const longestFetch = 120_000;

/** The exit code of a program that the system could not load, for want of one of its libraries. */
const notLoadable = 127;

interface Options {
  /** What is passed on to either host. */
  common: string[];
  /** What only the server takes. */
  server: string[];
  browser: boolean;
  noSandbox: boolean;
}

/**
 * Builds Offprint if it is not built, and opens it: in its desktop window where that is possible,
 * else in the browser, saying why.
 * @param root the project's folder
 * @param args what followed `npm start --`
 * @returns the exit code: 0 when the reader has ended it, 1 when something failed, 2 for wrong usage
 */
export async function startOffprint(machine: Machine, root: string, args: readonly string[]): Promise<number> {
  const options = readOptions(args, machine.folder);
  if (typeof options === 'string') {
    machine.say(`${options}\n${usage}`);
    return 2;
  }
  if (!isBuilt(root)) {
    machine.say('Building Offprint…');
    const built = await machine.run(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], {
      show: false,
    });
    if (built.code !== 0) {
      machine.say(`${built.output.trimEnd()}\nOffprint could not be built.`);
      return 1;
    }
  }
  const reason = options.browser ? '' : await openWindow(machine, root, options);
  if (typeof reason === 'number') return reason;
  if (reason !== '') machine.say(`${reason} Offprint opens in the browser instead.`);
  const server = [join(root, 'out/main/cli.js'), 'serve', ...options.common, ...options.server];
  return exitCode(
    await machine.run(process.execPath, ['--disable-warning=ExperimentalWarning', ...server], { show: true }),
  );
}

/** Opens the desktop window. Returns the exit code once it is closed, or in words why there is none. */
async function openWindow(machine: Machine, root: string, options: Options): Promise<number | string> {
  if (findElectron(root, machine.env, machine.platform) === null) {
    machine.say('Fetching the Electron runtime, once…');
    const install = [join(root, 'node_modules/electron/install.js')];
    await machine.run(process.execPath, install, { show: false, atMost: longestFetch });
  }
  const electron = findElectron(root, machine.env, machine.platform);
  if (electron === null) {
    return 'The Electron runtime is missing and could not be fetched (without a time limit: npx install-electron).';
  }
  const obstacle = obstacleToWindow(machine, options);
  if (obstacle !== null) return obstacle;
  const sandbox = options.noSandbox ? ['--no-sandbox'] : [];
  const ended = await machine.run(electron, [...sandbox, root, ...options.common], { show: true });
  if (ended.code === notLoadable) return 'The Electron runtime does not run on this system.';
  return exitCode(ended);
}

/** What keeps a window from opening on this system although the runtime is there, in words; null when nothing. */
function obstacleToWindow(machine: Machine, options: Options): string | null {
  if (machine.platform !== 'linux') return null;
  if (!machine.hasScreen) return 'There is no screen for a window.';
  if (machine.isRoot && !options.noSandbox) return 'As root the window would need --no-sandbox.';
  return null;
}

function exitCode(ended: { code: number | null }): number {
  return ended.code ?? 1;
}

/** The options, or in words what is wrong with them. */
function readOptions(args: readonly string[], folder: string): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        'data-dir': { type: 'string' },
        port: { type: 'string' },
        browser: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        'no-sandbox': { type: 'boolean', default: false },
      },
    });
    const dataDir = values['data-dir'];
    const port = values.port;
    return {
      common: dataDir === undefined || dataDir === '' ? [] : ['--data-dir', resolve(folder, dataDir)],
      server: [...(port === undefined ? [] : ['--port', port]), ...(values['no-open'] ? ['--no-open'] : [])],
      browser: values.browser,
      noSandbox: values['no-sandbox'],
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
