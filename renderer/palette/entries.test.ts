import { describe, expect, it } from 'vitest';
import { type CommandDescription, commands } from '../../shared/commands.ts';
import { settingsSchema } from '../../shared/settings.ts';
import { isAvailable } from '../commands/available.ts';
import { type AppState, initialState } from '../state/app-state.ts';
import { plainHost } from '../state/program.ts';
import { entriesFor } from './entries.ts';

const all: readonly CommandDescription[] = commands;

function aState(fields: Partial<AppState> = {}): AppState {
  return {
    ...initialState(),
    host: { ...plainHost, kind: 'desktop', logs: true },
    library: {
      version: 1,
      counts: { inbox: 3, queued: 0, reading: 0, read: 0, skipped: 0, starred: 0, notes: 0, all: 3 },
      tags: [{ name: 'reinforcement learning', count: 2, total: 2, colour: null }],
      views: [{ id: 'view:abcd', name: 'Agents', icon: 'bolt', query: 'agent', sort: null, columns: null, count: 4 }],
      sources: [],
      duplicates: 0,
      settings: settingsSchema.parse({}),
      dataFolder: '/data',
      appVersion: '0',
      notices: [],
      readOnly: null,
      rebuilding: null,
      copies: { lastAt: null, trouble: null },
      undo: null,
      redo: null,
    },
    ...fields,
  };
}

function withPapers(total: number): Partial<AppState> {
  const { list } = initialState();
  return { list: { ...list, total, focus: 0, anchor: 0, selection: [[0, 1]] } };
}

const labels = (typed: string, state = aState(withPapers(3))) =>
  entriesFor(typed, state, []).flatMap((group) => group.entries.map(({ label }) => label));

describe('the palette', () => {
  it('leaves out what this program can do nothing with', () => {
    const inBrowser = labels('', aState({ host: plainHost }));
    for (const label of ['Show logs', 'Check for updates…']) {
      expect(labels('')).toContain(label);
      expect(inBrowser).not.toContain(label);
    }
    expect(inBrowser).toContain('Show data folder');
  });

  it('lists every command with its first key, under its menu', () => {
    const groups = entriesFor('', aState(), []);
    const entries = groups.flatMap((group) => group.entries.map((entry) => ({ ...entry, heading: group.heading })));
    for (const { id, label, section, keys } of all.filter((command) => command.id !== 'palette')) {
      expect(entries).toContainEqual(
        expect.objectContaining({ key: id, label, heading: section, stroke: keys[0] ?? null }),
      );
    }
    expect(entries.length).toBe(all.length - 1);
  });

  it('puts first what was chosen last, and says it only once', () => {
    const groups = entriesFor('', aState(), ['toggleStar', 'help']);
    expect(groups[0]).toMatchObject({ heading: 'Recent', entries: [{ key: 'toggleStar' }, { key: 'help' }] });
    const keys = groups.flatMap((group) => group.entries.map(({ key }) => key));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('finds commands, saved views and tags by a few letters', () => {
    expect(labels('gst')[0]).toBe('Go to Starred');
    expect(labels('agents')[0]).toBe('Agents');
    expect(labels('rein')[0]).toBe('reinforcement learning');
    expect(labels('zzzz')).toEqual([]);
  });

  it('puts what cannot be done now behind what can', () => {
    expect(labels('star', aState()).indexOf('Star')).toBeGreaterThan(labels('star', aState()).indexOf('Go to Starred'));
    expect(labels('star')[0]).toBe('Star');
  });

  it('knows what there is no use for now', () => {
    const empty = aState();
    const some = aState(withPapers(3));
    expect(isAvailable('toggleStar', empty)).toBe(false);
    expect(isAvailable('toggleStar', some)).toBe(true);
    expect(isAvailable('mergePapers', some)).toBe(false);
    expect(isAvailable('mergePapers', { ...some, list: { ...some.list, selection: [[0, 2]] } })).toBe(true);
    expect(isAvailable('undo', some)).toBe(false);
    expect(isAvailable('import', empty)).toBe(true);
  });
});
