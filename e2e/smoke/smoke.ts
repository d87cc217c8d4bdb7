import { strictEqual } from 'node:assert/strict';
import type { DrivenPage, DrivenProgram } from './pipe-driver.ts';

/** A program under the smoke test, installed or not, on a data folder of its own. */
export interface Smoked {
  /** Starts it; with what is to be opened, if anything. */
  start(...opened: string[]): Promise<{ program: DrivenProgram; page: DrivenPage }>;
  /** Ends it as a reader would, and waits until it has ended; its exit code. */
  quit(program: DrivenProgram, page: DrivenPage): Promise<number | null>;
  /** Runs a command of its command line on the same folder, without a window; what it printed. */
  command(...args: string[]): Promise<string>;
  /** A second start beside one that runs, which hands what it was given over; left out where there is no such thing. */
  startAgain?(...opened: string[]): Promise<void>;
}

const note = 'Written by the smoke test: “quotes”, é, 漢字, 🌋.';

/** True once the first screenful is there: rows with titles, and the paper of the first. */
const shown = `document.querySelectorAll('[role="grid"] [role="row"]').length > 10 && !!document.querySelector('article')`;

const focused = `document.activeElement?.matches('[role="grid"]')`;

const list = (printed: string) => JSON.parse(printed) as { total: number; papers: { id: string }[] };

/**
 * Does with a program what a new reader does on the first day, by the keys, and looks on the disk whether it is there:
 * opens it, stars a paper, writes a note, closes it, finds both again from the command line and in the window.
 * @param say told of each thing that holds
 */
export async function smoke({ start, quit, command, startAgain }: Smoked, say: (line: string) => void): Promise<void> {
  strictEqual(list(await command('list', '--json')).total, 55);
  say('the command line lists the 55 papers that come with the program');

  const { program, page } = await start();
  await page.until(shown);
  say('the window shows its first screenful');
  await page.until(focused);
  await page.press('j');
  await page.press('s');
  await page.press('n');
  await page.until(`document.activeElement?.matches('.cm-content')`);
  await page.type(note);
  await page.until(`document.body.innerText.includes('Saved')`);
  say('a paper is starred, a note is written, and the window says that it is saved');
  if (startAgain) {
    await startAgain('offprint://search?q=is%3Astarred');
    await page.until(`document.querySelector('[role="combobox"]')?.value === 'is:starred'`);
    say('a second start hands its link over to the window that is there');
  }
  strictEqual(await quit(program, page), 0);
  say('it ends when it is closed');

  const { total, papers } = list(await command('list', 'is:starred', '--json'));
  strictEqual(total, 1);
  const id = papers[0]?.id ?? '';
  strictEqual((await command('note', id)).trimEnd(), note);
  say('the star and the note are there when it is asked from a terminal');

  const again = await start();
  await again.page.until(shown);
  await again.page.until(focused);
  await again.page.press('g');
  await again.page.press('s');
  await again.page.until(`document.body.innerText.includes(${JSON.stringify(note)})`);
  say('and in the window, when it is opened again');
  strictEqual(await quit(again.program, again.page), 0);
}
