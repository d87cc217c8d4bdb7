import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import type { Settings } from '../../shared/settings.ts';
import { explainDatabaseError } from '../corpus/database.ts';
import { corpusPath, findCorpus } from '../corpus/found-corpus.ts';
import type { Store } from '../store/store.ts';

/** How many of something would come, go, and be there but say something else. */
export interface Turnover {
  come: number;
  go: number;
  change: number;
}

/** What restoring a backup would do to a library. */
export interface RestoreImpact {
  /** Of papers, those that change are those that both have. */
  papers: { come: number; go: number; stay: number };
  sources: { come: number; go: number };
  /** Papers of which something is said, and their notes. */
  marked: Turnover;
  notes: Turnover;
  views: Turnover;
  tagColours: Turnover;
  /** Names of the settings that change. */
  settings: string[];
}

/** What of a store is compared. */
export type ComparedStore = Pick<Store, 'records' | 'views' | 'tagColours' | 'settings'>;

function turnover<K, V>(now: ReadonlyMap<K, V>, then: ReadonlyMap<K, V>): Turnover {
  let change = 0;
  let stay = 0;
  for (const [key, value] of then) {
    if (!now.has(key)) continue;
    stay += 1;
    if (!isDeepStrictEqual(now.get(key), value)) change += 1;
  }
  return { come: then.size - stay, go: now.size - stay, change };
}

function notesOf({ records }: ComparedStore): Map<string, string> {
  return new Map([...records].flatMap(([id, { note = '' }]) => (note === '' ? [] : [[id, note]])));
}

/**
 * Compares a library with one that would take its place. Holds the thread up.
 * @param folders of the one that is there, and of the other
 * @param machine names of settings that stay as they are
 * @throws OffprintError `damaged` or `unreadable`
 */
export function compareLibraries(
  folders: { now: string; then: string },
  now: ComparedStore,
  then: ComparedStore,
  machine: readonly string[],
): RestoreImpact {
  const views = ({ views: all }: ComparedStore) => new Map(all.map((view) => [view.id, view]));
  const names = (Object.keys(now.settings) as (keyof Settings)[]).filter((name) => !machine.includes(name));
  return {
    ...comparePapers(folders),
    marked: turnover(now.records, then.records),
    notes: turnover(notesOf(now), notesOf(then)),
    views: turnover(views(now), views(then)),
    tagColours: turnover(now.tagColours, then.tagColours),
    settings: names.filter((name) => !isDeepStrictEqual(now.settings[name], then.settings[name])),
  };
}

function comparePapers({ now, then }: { now: string; then: string }): Pick<RestoreImpact, 'papers' | 'sources'> {
  const isThere = [now, then].map((folder) => findCorpus(folder).kind === 'usable');
  const path = corpusPath(now);
  const database = new DatabaseSync(':memory:');
  try {
    for (const [at, folder] of [now, then].entries()) {
      const name = at === 0 ? 'now' : 'then';
      if (isThere[at]) database.prepare(`ATTACH ? AS "${name}"`).run(corpusPath(folder));
      else {
        database.exec(`ATTACH ':memory:' AS "${name}"; CREATE TABLE "${name}".papers (id);
          CREATE TABLE "${name}".identifiers (id); CREATE TABLE "${name}".sources (id, digest, name);`);
      }
    }
    const count = (sql: string) => Number(database.prepare(`SELECT count(*) AS n FROM ${sql}`).get()?.['n']);
    // A paper may have another id of its own there, and is the same by any.
    const only = (here: string, there: string) => ({
      papers: count(`"${here}".papers WHERE id NOT IN (SELECT id FROM "${there}".identifiers)`),
      sources: count(`"${here}".sources s WHERE id > 0
        AND NOT EXISTS (SELECT 1 FROM "${there}".sources t WHERE t.digest IS s.digest AND t.name = s.name)`),
    });
    const [go, come] = [only('now', 'then'), only('then', 'now')];
    return {
      papers: { come: come.papers, go: go.papers, stay: count('"now".papers') - go.papers },
      sources: { come: come.sources, go: go.sources },
    };
  } catch (error) {
    throw explainDatabaseError(error, path);
  } finally {
    database.close();
  }
}
