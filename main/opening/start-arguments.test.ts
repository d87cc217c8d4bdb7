import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandNames } from '../cli/command-names.ts';
import { askedAtStart, commandLineOf } from './start-arguments.ts';

const texts = (argv: readonly string[], isPackaged: boolean) => {
  const asked = askedAtStart(argv, isPackaged);
  for (const { kind } of asked) expect(kind).toBe('argument');
  return asked.map(({ text }) => text);
};

describe('what a start asks to open', () => {
  test.each<[string[], string[]]>([
    [['offprint'], []],
    [
      ['offprint', 'a.bib', '/b c.ris'],
      ['a.bib', '/b c.ris'],
    ],
    [['offprint', '--data-dir', 'x', 'a.bib'], ['a.bib']],
    [['offprint', '--data-dir=x', 'a.bib', '--data-dir', 'y'], ['a.bib']],
    [['offprint', '--ozone-platform=x11', '-psn_0_1', 'a.bib', '--allow-file-access-from-files'], ['a.bib']],
    [
      ['offprint', '--', '--data-dir', '-a.bib'],
      ['--data-dir', '-a.bib'],
    ],
    [
      ['offprint', 'a.bib', '--', 'b.bib'],
      ['a.bib', 'b.bib'],
    ],
    [['offprint', 'open', 'offprint://paper/arxiv:2306.12345'], ['offprint://paper/arxiv:2306.12345']],
    [
      ['offprint', '--', 'open', 'a.bib'],
      ['open', 'a.bib'],
    ],
    [
      ['offprint', 'a.bib', 'open'],
      ['a.bib', 'open'],
    ],
    [['offprint', '-', '', 'a.bib'], ['a.bib']],
  ])('of the installed program: %j', (argv, asked) => {
    expect(texts(argv, true)).toEqual(asked);
  });

  test.each<[string[], string[]]>([
    [['electron', '.'], []],
    [['electron', '--inspect=0', '--no-sandbox', '/project', 'a.bib', '--remote-debugging-port=0'], ['a.bib']],
    [['electron', '-r', '/loader.js', '.', '--data-dir', 'x', 'a.bib'], ['a.bib']],
    [['electron'], []],
  ])('from the project’s folder: %j', (argv, asked) => {
    expect(texts(argv, false)).toEqual(asked);
  });

  test('is everything after --, and no switch before it', () => {
    const word = fc.string({ minLength: 1 }).filter((text) => !text.startsWith('-') && text !== 'open');
    const option = fc.oneof(
      fc.constantFrom('--no-sandbox', '--lang=de', '-x', '--data-dir=here'),
      word.map((text) => ['--data-dir', text]),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, option)), fc.array(fc.string({ minLength: 1 })), (before, after) => {
        const words = before.filter((one): one is string => typeof one === 'string' && !one.startsWith('-'));
        expect(texts(['offprint', ...before.flat(), '--', ...after], true)).toEqual([...words, ...after]);
      }),
    );
  });
});

describe('a command line', () => {
  test.each<[string[], string[]]>([
    [['offprint', 'list'], ['list']],
    [
      ['offprint', 'list', '--json', '--', '-x'],
      ['list', '--json', '--', '-x'],
    ],
    [
      ['offprint', '--data-dir', 'list', 'show', 'x'],
      ['--data-dir', 'list', 'show', 'x'],
    ],
    [
      ['offprint', '--data-dir=x', 'list'],
      ['--data-dir=x', 'list'],
    ],
    [
      ['offprint', '--ozone-platform=headless', 'list', '--json'],
      ['list', '--json'],
    ],
    [['offprint', '--help'], ['--help']],
    [['offprint', '-h'], ['-h']],
    [
      ['offprint', '--data-dir', 'x', '--version'],
      ['--data-dir', 'x', '--version'],
    ],
    // As the wrapper scripts start it: a command line whatever it says, and nothing of it is a switch of Chromium's.
    [
      ['offprint', '--no-sandbox', '--command-line', '--', 'list', '--json'],
      ['list', '--json'],
    ],
    [
      ['offprint', '--command-line', '--', '--data-dir', 'x', 'list'],
      ['--data-dir', 'x', 'list'],
    ],
    [['offprint', '--command-line', '--', 'nothing.bib'], ['nothing.bib']],
    [['offprint', '--command-line', 'nothing.bib'], ['nothing.bib']],
    [['offprint', '--command-line', '--'], []],
    [['offprint', '--command-line'], []],
  ])('is what the installed program was started with: %j', (argv, args) => {
    expect(commandLineOf(argv, true)).toEqual(args);
  });

  test.each<[string[]]>([
    [['offprint']],
    [['offprint', '--data-dir', 'list']],
    [['offprint', '--data-dir']],
    [['offprint', './list']],
    [['offprint', '--', 'list']],
    [['offprint', 'a.bib', 'list']],
    [['offprint', 'a.bib', '--help']],
    [['offprint', 'offprint://search?q=list']],
    [['offprint', 'open', 'list']],
    [['offprint', '--', '--command-line', 'list']],
    [['offprint', 'LIST']],
  ])('is not what it was started with: %j', (argv) => {
    expect(commandLineOf(argv, true)).toBeNull();
  });

  test('of the project’s program is what follows its folder', () => {
    expect(commandLineOf(['electron', '--inspect=0', '.', 'list', '--json'], false)).toEqual(['list', '--json']);
    expect(commandLineOf(['electron', 'list'], false)).toBeNull();
  });

  test('is any command, and what begins otherwise never is unless it is said', () => {
    for (const name of commandNames) expect(commandLineOf(['offprint', name, 'x'], true)).toEqual([name, 'x']);
    const word = fc
      .string()
      .filter((text) => !text.startsWith('-') && !(commandNames as readonly string[]).includes(text));
    fc.assert(
      fc.property(word, fc.array(fc.string()), (first, rest) => {
        expect(
          commandLineOf(['offprint', first, ...rest.filter((text) => text !== '--command-line')], true),
        ).toBeNull();
        expect(commandLineOf(['offprint', '--command-line', '--', first, ...rest], true)).toEqual([first, ...rest]);
      }),
    );
  });
});
