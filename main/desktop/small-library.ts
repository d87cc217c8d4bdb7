import { callNames, type Handlers, type LibraryState } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { type Settings, settingsSchema } from '../../shared/settings.ts';

/** For unit tests: a library of settings only, which writes down what it was called for. */
export interface SmallLibrary {
  handlers: Handlers;
  called: [string, unknown][];
  settings: Settings;
}

/** See {@link SmallLibrary}. What it does not do fails as a mistake of ours. */
export function smallLibrary(): SmallLibrary {
  const called: [string, unknown][] = [];
  const state = (): LibraryState => ({
    version: 1,
    counts: { inbox: 0, queued: 0, reading: 0, read: 0, skipped: 0, starred: 0, notes: 0, all: 0 },
    tags: [],
    views: [],
    sources: [],
    duplicates: 0,
    settings: library.settings,
    dataFolder: '/data',
    appVersion: '0.0.0',
    notices: [],
    readOnly: null,
    rebuilding: null,
    copies: { lastAt: null, trouble: null },
    undo: null,
    redo: null,
  });
  const fail = async () => {
    throw new TypeError('the small library cannot do this');
  };
  const library: SmallLibrary = {
    called,
    settings: settingsSchema.parse({}),
    handlers: {
      ...(Object.fromEntries(callNames.map((name) => [name, fail])) as unknown as Handlers),
      'library.state': async () => state(),
      'settings.set': async (change) => {
        called.push(['settings.set', change]);
        library.settings = settingsSchema.parse({ ...library.settings, ...change });
        return library.settings;
      },
      'session.flushed': async () => {
        called.push(['session.flushed', {}]);
        return {};
      },
      'paper.get': async ({ id }) => {
        throw new OffprintError('not-found', `There is no paper ${id}.`);
      },
    },
  };
  return library;
}
