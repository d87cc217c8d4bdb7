import type { DatabaseSync } from 'node:sqlite';

/** Papers that may be the same. */
export interface DuplicateGroup {
  /** Keys of the papers in page order: two or more. */
  keys: number[];
  /** Why it is thought so, in the reader's words. */
  reason: string;
}

/** Groups of papers that may be the same. Costs the same at any size. */
export function countDuplicates(database: DatabaseSync): number {
  return Number(database.prepare("SELECT value FROM meta WHERE name = 'duplicates'").get()?.['value'] ?? 0);
}

/** Are there papers that have not been looked at? Then there may be more groups, and others. */
export function areDuplicatesDue(database: DatabaseSync): boolean {
  const due = database.prepare('SELECT EXISTS (SELECT 1 FROM papers_due) OR EXISTS (SELECT 1 FROM blocks_due) AS due');
  return due.get()?.['due'] === 1;
}

/** Groups `[offset, offset + limit)` of papers that may be the same, the surest first. */
export function listDuplicates(
  database: DatabaseSync,
  offset: number,
  limit: number,
): { total: number; groups: DuplicateGroup[] } {
  const rows = database
    .prepare(`
      SELECT g.reason, (SELECT json_group_array(paper) FROM
        (SELECT d.paper FROM duplicates d JOIN papers p ON p.key = d.paper WHERE d.group_id = g.id ORDER BY d.paper)) AS keys
      FROM duplicate_groups g ORDER BY g.score DESC, g.id LIMIT ? OFFSET ?`)
    .all(limit, offset);
  const groups = rows.map((row) => ({
    keys: JSON.parse(String(row['keys'])) as number[],
    reason: String(row['reason']),
  }));
  return { total: countDuplicates(database), groups: groups.filter(({ keys }) => keys.length > 1) };
}
