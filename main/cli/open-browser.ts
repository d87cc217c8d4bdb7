import { type ChildProcess, spawn } from 'node:child_process';
import open from 'open';

/** Milliseconds within which a program that cannot open a browser has found that out. */
const longestLaunch = 15_000;

/** What opening a browser depends on; the computer's own unless a test says otherwise. */
export interface Opener {
  platform: NodeJS.Platform;
  /** Starts a program with a text as its standard input. */
  run(program: string, args: readonly string[], input: string): ChildProcess;
  /** Gives an address to the system's way of opening one, which is told it on its command line. */
  open(url: string): Promise<ChildProcess>;
}

const ofThisSystem: Opener = { platform: process.platform, run: runWithInput, open: (url) => open(url) };

/** Starts a program with a text as its standard input, which stands in no list of what runs. */
export function runWithInput(program: string, args: readonly string[], input: string): ChildProcess {
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'] });
  // One that ends before it has read is seen by how it ends.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return child;
}

/**
 * Opens an address in the reader's browser, in the way that tells the fewest others. On macOS, where
 * every user may read the command lines of all programs, AppleScript's `open location` is given it
 * on its standard input. Elsewhere it stands on a command line, which on Windows no other user can read;
 * on Linux they can, and the address is one that only this user can use (see `Launches`).
 *
 * Not by a file that leads to it and that only the reader may read, as others do: browsers in a
 * sandbox (Snap) see neither hidden folders nor those for temporary files, and what a system opens
 * files of a page with may be an editor.
 * @param complain told, as one line, when that cannot be done
 */
export async function openBrowser(
  url: string,
  complain: (line: string) => void,
  opener: Opener = ofThisSystem,
): Promise<void> {
  const failed = () => complain('offprint: no browser could be opened; open the address above by hand.');
  try {
    const launcher =
      opener.platform === 'darwin'
        ? // Nothing in an address as `URL` writes it ends a text of AppleScript.
          opener.run('/usr/bin/osascript', ['-'], `open location "${new URL(url).href}"\n`)
        : await opener.open(url);
    const begun = performance.now();
    launcher.once('error', failed);
    // Where the browser itself is what was started, its own end, later on, says nothing.
    launcher.once('exit', (code) => {
      if (code !== 0 && performance.now() - begun < longestLaunch) failed();
    });
  } catch {
    failed();
  }
}
