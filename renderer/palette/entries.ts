import { type CommandDescription, type CommandId, type CommandSection, commands } from '../../shared/commands.ts';
import type { LibraryState } from '../../shared/contract.ts';
import { type CitationStyle, citationStyles } from '../../shared/export-formats.ts';
import type { TextRange } from '../../shared/paper.ts';
import type { NoteTemplate } from '../../shared/settings.ts';
import { builtInViews } from '../../shared/views.ts';
import { isAvailable, isOffered } from '../commands/available.ts';
import type { AppState } from '../state/app-state.ts';
import { fuzzyMatch } from './fuzzy.ts';

/** Something that the palette can do, papers apart. */
export interface Entry {
  /** Tells it from all others. */
  key: string;
  label: string;
  /** What it is, quietly beside it: a menu's name, `View`, `Tag`, `Source`. */
  kind: string;
  what: { command: CommandId } | { view: string } | { template: NoteTemplate } | { cite: CitationStyle | 'key' };
  /** The key that does the same. */
  stroke: string | null;
  /** Why it cannot be done now is plain from what it is; it is shown all the same. */
  disabled: boolean;
  /** Where the typed letters stand in the label. */
  ranges: readonly TextRange[];
}

/** Entries under a heading. */
export interface EntryGroup {
  heading: string;
  entries: readonly Entry[];
}

/** Menus in the order in which a reader needs them. */
const sections: readonly CommandSection[] = ['Paper', 'Go', 'View', 'Edit', 'File', 'Help'];

const all: readonly (CommandDescription & { id: CommandId })[] = commands;

/** Commands that there is no use for in a list of commands. */
const pointless = new Set<CommandId>(['palette']);

/** Most entries shown for what was typed. */
const mostFound = 7;

/** Most commands shown as the recent ones. */
const mostRecent = 5;

/**
 * What the palette offers: for what was typed the best first, and with nothing typed everything by
 * menu, what was used last before it.
 * @param recent commands used in this window, the last one first
 */
export function entriesFor(typed: string, state: AppState, recent: readonly CommandId[]): EntryGroup[] {
  const entries = all
    .filter(({ id }) => !pointless.has(id) && isOffered(id, state.host))
    .map((command) => commandEntry(command, state));
  if (typed.trim() === '') {
    const used = recent.slice(0, mostRecent).flatMap((id) => entries.find(({ key }) => key === id) ?? []);
    return [
      { heading: 'Recent', entries: used },
      ...sections.map((section) => ({
        heading: section,
        entries: entries.filter((entry) => entry.kind === section && !used.includes(entry)),
      })),
    ].filter((group) => group.entries.length > 0);
  }
  const found = [...entries, ...citationsOf(state), ...templatesOf(state), ...placesOf(state.library)].flatMap(
    (entry) => {
      const match = fuzzyMatch(typed, entry.label);
      if (!match) return [];
      const recently = recent.slice(0, mostRecent).some((id) => id === entry.key) ? 2 : 0;
      return [
        { entry: { ...entry, ranges: match.ranges }, score: match.score + recently - (entry.disabled ? 100 : 0) },
      ];
    },
  );
  const best = found.toSorted((a, b) => b.score - a.score).slice(0, mostFound);
  return best.length === 0 ? [] : [{ heading: 'Commands and views', entries: best.map(({ entry }) => entry) }];
}

function commandEntry(command: CommandDescription & { id: CommandId }, state: AppState): Entry {
  return {
    key: command.id,
    label: command.label,
    kind: command.section,
    what: { command: command.id },
    stroke: command.keys[0] ?? null,
    disabled: !isAvailable(command.id, state),
    ranges: [],
  };
}

/** Every style of citations, and citation keys. */
function citationsOf(state: AppState): Entry[] {
  const cite = (what: CitationStyle | 'key', label: string): Entry => ({
    key: `cite ${what}`,
    label,
    kind: 'Edit',
    what: { cite: what },
    stroke: null,
    disabled: !isAvailable('copyCitation', state),
    ranges: [],
  });
  return [
    ...citationStyles.map(({ id, label }) => cite(id, `Copy citation as ${label}`)),
    cite('key', 'Copy citation key'),
  ];
}

/** The templates that the note of the paper in the reader may begin with. */
function templatesOf({ settings, currentId, library }: AppState): Entry[] {
  return settings.noteTemplates.map((template, at) => ({
    key: `template ${at}`,
    label: `New note: ${template.name}`,
    kind: 'Template',
    what: { template },
    stroke: null,
    disabled: currentId === null || (library?.readOnly ?? null) !== null,
    ranges: [],
  }));
}

/** Views, tags and sources to go to. The built-in views have a command each. */
function placesOf(library: LibraryState | null): Entry[] {
  if (!library) return [];
  const place = (view: string, label: string, kind: string): Entry => ({
    key: view,
    label,
    kind,
    what: { view },
    stroke: null,
    disabled: false,
    ranges: [],
  });
  const builtIn = new Set<string>(builtInViews.map(({ id }) => id));
  return [
    ...library.views.filter(({ id }) => !builtIn.has(id)).map(({ id, name }) => place(id, name, 'View')),
    ...library.tags.map(({ name }) => place(`tag:${name}`, name, 'Tag')),
    ...library.sources.map(({ id, name }) => place(`source:${id}`, name, 'Source')),
  ];
}
