import { describe, expect, it } from 'vitest';
import { type CommandDescription, commands, triageCommands } from './commands.ts';

const all: readonly CommandDescription[] = commands;

describe('the command list', () => {
  it('gives no key to two commands', () => {
    const keys = all.flatMap((command) => command.keys);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('has no single key that is also the start of a sequence', () => {
    const keys = all.flatMap((command) => command.keys);
    const starts = keys.filter((key) => key.includes(' ')).map((key) => key.split(' ')[0]);
    expect(keys.filter((key) => starts.includes(key))).toEqual([]);
  });

  it('lets no bare letter fire while typing', () => {
    const loose = all.filter((command) => command.whileTyping && command.keys.some((key) => key.length === 1));
    expect(loose).toEqual([]);
  });

  it('has unique ids and labels that read as commands', () => {
    expect(new Set(all.map((command) => command.id)).size).toBe(all.length);
    for (const command of all) expect(command.label).toMatch(/^[A-Z]/);
  });
});

describe('the commands for going through a view', () => {
  it('have each a key of their own, and no sequences', () => {
    const keys = triageCommands.flatMap((command): string[] => [...command.keys]);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => key.includes(' '))).toEqual([]);
  });
});
