import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeTestCommandLine } from './cli-testing.ts';
import { commandNames } from './command-names.ts';

const bin = join(import.meta.dirname, '../../resources/bin');

test('the names are those of the commands that there are; what `open` opens, the installed program opens itself', async () => {
  const commandLine = makeTestCommandLine();
  const { out } = await commandLine.offprint(['--help']);
  await commandLine.remove();
  const listed = [...(out.split('Commands:')[1] ?? '').matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name);
  expect(listed).toEqual([...commandNames.filter((name) => name !== 'help'), 'open', 'help']);
});

test('the wrapper scripts go by the same names', () => {
  const script = readFileSync(join(bin, 'offprint'), 'utf8');
  const cases = /case \$word in[\s\S]*?\n {2}(list [\s\S]*?)\)/.exec(script)?.[1] ?? '';
  expect(cases.split(/[\s|\\]+/)).toEqual([...commandNames]);
  const batch = readFileSync(join(bin, 'offprint.cmd'), 'utf8');
  const words = /for %%c in \((.*?)\)/.exec(batch)?.[1]?.split(' ');
  expect(words).toEqual([...commandNames, '--help', '-h', '--version']);
  // cmd.exe finds its labels by the lines of Windows only.
  expect(
    batch
      .split('\n')
      .slice(0, -1)
      .every((line) => line.endsWith('\r')),
  ).toBe(true);
});
