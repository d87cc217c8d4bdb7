import { commandNames } from '../cli/command-names.ts';
import type { Asked } from './asked.ts';

/**
 * The switch by which the wrapper scripts say that what follows `--` is a command line, whatever it is. They start the
 * program without a display and without the processes that a window needs, so no window may come of it.
 */
export const commandLineSwitch = '--command-line';

/** Where `offprint open …` is typed, the window is what opens it. */
const openWord = 'open';

/**
 * What a reader, the system or another program gave Offprint at its start: all but the program itself and, from the
 * project's folder, the folder that Electron is told to run.
 */
function argumentsOf(argv: readonly string[], isPackaged: boolean): readonly string[] {
  if (isPackaged) return argv.slice(1);
  let at = 1;
  // Electron's own switches come before the folder. `-r` alone has a value of its own.
  while (argv[at]?.startsWith('-')) at += argv[at] === '-r' || argv[at] === '--require' ? 2 : 1;
  return argv.slice(at + 1);
}

/**
 * The command line that the program was started with, if it is one rather than a wish for the window.
 * Chromium and Electron put switches of their own before it, which are left out.
 * @param argv of the process
 * @param isPackaged whether the program is installed, and so `argv` does not name what Electron runs
 * @returns what the reader typed after the program's name, or null when the window is to open
 */
export function commandLineOf(argv: readonly string[], isPackaged: boolean): string[] | null {
  const args = argumentsOf(argv, isPackaged);
  const kept: string[] = [];
  let isMarked = false;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') return isMarked ? args.slice(at + 1) : null;
    if (arg === commandLineSwitch) isMarked = true;
    else if (arg === '--data-dir') {
      kept.push(...args.slice(at, at + 2));
      at += 1;
    } else if (arg.startsWith('--data-dir=')) kept.push(arg);
    else if (['--help', '-h', '--version'].includes(arg)) return [...kept, ...args.slice(at)];
    else if (!arg.startsWith('-')) {
      return (commandNames as readonly string[]).includes(arg) || isMarked ? [...kept, ...args.slice(at)] : null;
    }
  }
  return isMarked ? kept : null;
}

/**
 * What a start asks to open: every argument that is no option. After `--` nothing is one.
 * @param argv of the process, or of another start
 * @param isPackaged as for {@link commandLineOf}
 */
export function askedAtStart(argv: readonly string[], isPackaged: boolean): Asked[] {
  const args = argumentsOf(argv, isPackaged);
  const end = args.indexOf('--');
  const asked: string[] = [];
  for (let at = 0; at < (end === -1 ? args.length : end); at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--data-dir') at += 1;
    else if (!arg.startsWith('-')) asked.push(arg);
  }
  if (asked[0] === openWord) asked.shift();
  if (end !== -1) asked.push(...args.slice(end + 1));
  return asked.filter((text) => text !== '').map((text) => ({ kind: 'argument', text }));
}
