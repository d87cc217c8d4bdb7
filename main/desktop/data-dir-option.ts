import { parseArgs } from 'node:util';

/**
 * The data folder named on the command line with `--data-dir DIR`, as it was typed.
 * Chromium and Electron put arguments of their own there, so whatever else there is is let pass.
 * @returns undefined when none is named
 */
export function dataDirOption(argv: readonly string[]): string | undefined {
  const { values } = parseArgs({
    args: argv.slice(1),
    options: { 'data-dir': { type: 'string' } },
    strict: false,
    allowPositionals: true,
  });
  const named = values['data-dir'];
  return typeof named === 'string' && named !== '' ? named : undefined;
}
