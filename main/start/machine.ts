import { type ChildProcess, spawn } from 'node:child_process';
import { hasScreen } from './screen.ts';

/** How a program ended. */
export interface Ended {
  /** Its exit code; null when it could not be started, ran out of time or was ended by a signal. */
  code: number | null;
  /** What it wrote, when that was not shown. */
  output: string;
}

/** What `npm start` does to the computer, apart from reading files. */
export interface Machine {
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  /** True for the administrator of a Unix system. */
  isRoot: boolean;
  /** True when there is a display server to open a window on; of interest on Linux only. */
  hasScreen: boolean;
  /** The folder that relative paths are meant from. */
  folder: string;
  /**
   * Runs a program of ours until it ends.
   * @param how `show` gives it the terminal; else what it writes is kept. `atMost` is in milliseconds
   */
  run(program: string, args: readonly string[], how: { show: boolean; atMost?: number }): Promise<Ended>;
  /** Tells the reader one line. */
  say(line: string): void;
}

/** A {@link Machine} that can be told to end what it is doing. */
export interface StoppableMachine extends Machine {
  /**
   * Ends the program that is running, if any; none is started any more and nothing more is said.
   * @param signal what to send it; null when the terminal has sent it already
   */
  stop(signal: NodeJS.Signals | null): void;
  readonly isStopping: boolean;
}

/**
 * The computer this runs on.
 * @param root the project's folder, where programs are run
 */
export function thisMachine(root: string): StoppableMachine {
  let current: ChildProcess | null = null;
  let isStopping = false;

  function run(program: string, args: readonly string[], how: { show: boolean; atMost?: number }): Promise<Ended> {
    if (isStopping) return Promise.resolve({ code: null, output: '' });
    const child = spawn(program, args, { cwd: root, stdio: how.show ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
    current = child;
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    const timer = how.atMost === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), how.atMost);
    return new Promise((resolve) => {
      const end = (code: number | null) => {
        clearTimeout(timer);
        current = null;
        resolve({ code, output });
      };
      child.once('error', () => end(null));
      child.once('close', (code) => end(code));
    });
  }

  return {
    env: process.env,
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    hasScreen: hasScreen(process.env),
    // npm runs a script in the package's folder, and says where the reader called it.
    folder: (process.env['npm_lifecycle_event'] === 'start' && process.env['INIT_CWD']) || process.cwd(),
    run,
    say(line) {
      if (!isStopping) process.stderr.write(`${line}\n`);
    },
    stop(signal) {
      isStopping = true;
      if (signal) current?.kill(signal);
    },
    get isStopping() {
      return isStopping;
    },
  };
}
