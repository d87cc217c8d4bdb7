import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { PaperId } from '../../shared/paper.ts';
import type { PaperRows } from './paper-rows.ts';

/**
 * Knows which papers the reader has touched, from `marks.db`. A connection of its own, in which
 * nothing stays open: an import, whose transaction may last for minutes, must see what the reader
 * has said meanwhile and keep nobody from writing it.
 */
export class Touched {
  readonly #database: DatabaseSync | null;
  readonly #has: StatementSync | null;

  /** @param folder the data folder; where it has no `marks.db` yet, nothing has been touched */
  constructor(folder: string) {
    const path = join(folder, 'marks.db');
    this.#database = existsSync(path) ? new DatabaseSync(path, { readOnly: true, timeout: 5000 }) : null;
    this.#has = this.#database?.prepare('SELECT 1 FROM marks WHERE id = ?') ?? null;
  }

  /** Those of the ids under which the reader's data stand. */
  among(ids: readonly PaperId[]): PaperId[] {
    return this.#has === null ? [] : ids.filter((id) => this.#has?.get(id) !== undefined);
  }

  /**
   * Has the reader touched this paper? The data under an id are the paper's when the id is its own,
   * or no other paper has it.
   * @param ids of the paper's identifiers those that {@link among} has found
   */
  isTouched(papers: PaperRows, paper: number, ids: readonly PaperId[]): boolean {
    const own = ids.length === 0 ? null : papers.read(paper)?.id;
    return ids.some((id) => id === own || papers.otherWithId(id, paper) === null);
  }

  close(): void {
    this.#database?.close();
  }
}
