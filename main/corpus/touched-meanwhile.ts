import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The stamp of the reader's data that `marks.db` shows; null while there is none. */
function stampIn(marks: DatabaseSync): unknown {
  return marks.prepare("SELECT value FROM meta WHERE name = 'stamp'").get()?.['value'] ?? null;
}

/**
 * Finds out whether the reader has touched papers while a change was taking them away. What such a
 * change keeps is decided paper by paper, and it may last for a minute in which the reader goes on.
 */
export class TouchedMeanwhile {
  readonly #folder: string;
  readonly #stamp: unknown;

  /** @param folder the data folder, right before the change looks for what the reader has touched */
  constructor(folder: string) {
    this.#folder = folder;
    this.#stamp = this.#withMarks(stampIn);
  }

  /**
   * Has something been written since then of which, once the change is committed, no paper would be left?
   * @param database the connection in whose open transaction the change was made
   * @param path of `corpus.db`, where everybody else still sees what was before
   */
  isLosing(database: DatabaseSync, path: string): boolean {
    return this.#withMarks((marks) => stampIn(marks) !== this.#stamp && isAnyLost(marks, database, path)) ?? false;
  }

  #withMarks<T>(look: (marks: DatabaseSync) => T): T | null {
    const path = join(this.#folder, 'marks.db');
    if (!existsSync(path)) return null;
    const marks = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
    try {
      return look(marks);
    } finally {
      marks.close();
    }
  }
}

function isAnyLost(marks: DatabaseSync, now: DatabaseSync, path: string): boolean {
  const before = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
  try {
    // A paper that has another one's id too is not that one.
    const finders = ['SELECT 1 FROM identifiers WHERE id = ?', 'SELECT 1 FROM papers WHERE id = ?'].map((sql) => {
      const [was, is] = [before.prepare(sql), now.prepare(sql)];
      return (id: string) => is.get(id) === undefined && was.get(id) !== undefined;
    });
    for (const row of marks.prepare('SELECT id FROM marks').iterate()) {
      const id = String(row['id']);
      if (finders.some((isLost) => isLost(id))) return true;
    }
    return false;
  } finally {
    before.close();
  }
}
