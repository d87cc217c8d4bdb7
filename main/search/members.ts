import type { DatabaseSync } from 'node:sqlite';
import type { KeyedRows, KeySet } from './key-set.ts';

/**
 * Those of a few papers that are in a set, each looked up by itself: what that costs does not
 * depend on the size of the set.
 * @param database as `openTogether` gives it
 */
export function membersOf(database: DatabaseSync, set: KeySet, keys: ReadonlySet<number>): ReadonlySet<number> {
  if (keys.size === 0) return keys;
  switch (set.kind) {
    case 'none':
      return new Set();
    case 'every':
      return fromRows(database, { from: 'list l', key: 'l.paper', where: 'TRUE', parameters: [] }, keys);
    case 'rows':
    case 'gathered':
      return fromRows(database, set.rows, keys);
    case 'words': {
      const find = database.prepare(`SELECT 1 FROM ${set.table} WHERE ${set.table} MATCH ? AND rowid = ?`);
      // As 64 bits: FTS5 does not go straight to a number that may have a fraction.
      return new Set([...keys].filter((key) => find.get(set.match, BigInt(key)) !== undefined));
    }
    case 'and': {
      // Words last: the others are told sooner, and leave fewer papers to look at.
      const ordered = set.of.toSorted((one, other) => Number(one.kind === 'words') - Number(other.kind === 'words'));
      return ordered.reduce((left, part) => membersOf(database, part, left), keys);
    }
    case 'or': {
      const found = new Set<number>();
      for (const part of set.of) {
        for (const key of membersOf(database, part, less(keys, found))) found.add(key);
      }
      return found;
    }
    case 'without': {
      const all = membersOf(database, set.all, keys);
      return less(all, membersOf(database, set.but, all));
    }
  }
}

function less(keys: ReadonlySet<number>, others: ReadonlySet<number>): Set<number> {
  return new Set([...keys].filter((key) => !others.has(key)));
}

function fromRows(database: DatabaseSync, { from, key, where, parameters }: KeyedRows, keys: ReadonlySet<number>) {
  // An index that is right for reading all of them is wrong for looking up a few.
  const table = from.replaceAll(/ INDEXED BY \w+/g, '');
  const found = database
    .prepare(`SELECT ${key} AS key FROM ${table} WHERE ${where} AND ${key} IN (SELECT value FROM json_each(?))`)
    .all(...parameters, JSON.stringify([...keys]));
  return new Set(found.map((row) => Number(row['key'])));
}

/** True when looking up a single paper costs as much as reading the whole set. */
export function isMerged(set: KeySet): boolean {
  switch (set.kind) {
    case 'words':
      return set.merged;
    case 'and':
    case 'or':
      return set.of.some(isMerged);
    case 'without':
      return isMerged(set.all) || isMerged(set.but);
    default:
      return false;
  }
}
