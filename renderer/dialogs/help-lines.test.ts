import { describe, expect, it } from 'vitest';
import { type CommandDescription, commands, triageCommands } from '../../shared/commands.ts';
import { foundSections, helpSections } from './help-lines.ts';

const labels = (typed: string) =>
  foundSections(helpSections(false), typed, false).flatMap(({ lines }) => lines.map(({ label }) => label));

describe('the help', () => {
  it('has every command that has a key, with all its keys', () => {
    const lines = helpSections(false).flatMap((section) => section.lines);
    const all: readonly CommandDescription[] = commands;
    for (const { id, label, keys } of [...all.filter((command) => command.keys.length > 0), ...triageCommands])
      expect(lines).toContainEqual(expect.objectContaining({ id, label, keys }));
  });

  it('begins with the keys that hold now', () => {
    expect(helpSections(false)[0]?.heading).toBe('Paper');
    expect(helpSections(true)[0]?.heading).toBe('Going through a view');
    expect(helpSections(true).length).toBe(helpSections(false).length);
  });

  it('is searched by what a key does, by the key, and by heading', () => {
    expect(labels('star')).toContain('Star');
    expect(labels('star')).toContain('Go to Starred');
    expect(labels('ctrl+k')).toEqual(['Commands and papers…']);
    expect(labels('choosing several')).toContain('A page of papers');
    expect(labels('zzz')).toEqual([]);
  });
});
