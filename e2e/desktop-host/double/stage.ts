import type { ProgramCalls, StageCalls } from '../calls.ts';
import { type Answers, joinLine, type Line } from '../line.ts';
import { onLack } from './loud.ts';

/** What the test's side asks, answered by the modules that know. */
export const answers: Partial<Answers<ProgramCalls>> = {};

if (!process.send) throw new Error('The stand-in for Electron runs as a child of the end-to-end tests only.');

/** The way to the test's side, which has the browser. */
export const stage: Line<StageCalls> = joinLine<StageCalls, ProgramCalls>(
  {
    send: (message) => void process.send?.(message, undefined, undefined, () => {}),
    on: (event, listener) => process.on(event, listener),
  },
  answers as Answers<ProgramCalls>,
);

/** Tells the test's side something, and does not wait. */
export function tell<Name extends keyof StageCalls>(name: Name, input: Parameters<StageCalls[Name]>[0]): void {
  stage.ask(name, input as never).catch((error: unknown) => {
    process.stderr.write(`stand-in: ${name}: ${error instanceof Error ? error.message : error}\n`);
  });
}

onLack((text) => {
  // Said in both places: a start that fails for it has nobody else to tell.
  process.stderr.write(`${text}\n`);
  tell('trouble', { text });
});
// Without the test there is nobody to run for.
process.on('disconnect', () => process.exit(1));
