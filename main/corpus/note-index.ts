import { hash } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { PaperId } from '../../shared/paper.ts';

/** What stands between the notes of several records of one paper. No words, so that no phrase ends there. */
const between = '\n\n---\n\n';

/** The full-text index of what papers' notes say: the tables `notes` and `indexed_notes`. */
export class NoteIndex {
  readonly #note: StatementSync;
  readonly #digest: StatementSync;
  readonly #setDigest: StatementSync;
  readonly #dropDigest: StatementSync;
  readonly #add: StatementSync;
  readonly #remove: StatementSync;

  /** @param database as `openTogether` gives it, for writing */
  constructor(database: DatabaseSync) {
    const prepare = (sql: string) => database.prepare(sql);
    this.#note = prepare('SELECT note FROM record_notes WHERE id = ?');
    this.#digest = prepare('SELECT digest FROM indexed_notes WHERE paper = ?');
    this.#setDigest = prepare('INSERT OR REPLACE INTO indexed_notes VALUES (?, ?)');
    this.#dropDigest = prepare('DELETE FROM indexed_notes WHERE paper = ?');
    this.#add = prepare('INSERT INTO notes (rowid, note) VALUES (?, ?)');
    this.#remove = prepare('DELETE FROM notes WHERE rowid = ?');
  }

  /**
   * Makes the index hold what the notes of a paper say. Nothing is written when it does.
   * @param records the records of which the notes count
   */
  set(paper: number, records: readonly PaperId[]): void {
    const notes = new Set(records.map((id) => String(this.#note.get(id)?.['note'] ?? '')));
    const text = [...notes].join(between);
    const before = this.#digest.get(paper)?.['digest'] ?? null;
    const now = records.length === 0 ? null : hash('sha1', text, 'base64');
    if (now === before) return;
    if (before !== null) {
      this.#remove.run(paper);
      this.#dropDigest.run(paper);
    }
    if (now === null) return;
    this.#add.run(paper, text);
    this.#setDigest.run(paper, now);
  }
}
