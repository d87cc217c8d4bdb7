import { BibtexEntries, type BibtexPiece } from './bibtex-entries.ts';
import { BibtexParents } from './bibtex-inherit.ts';
import { isNoWork, paperOfEntry } from './bibtex-paper.ts';
import { type BibtexFields, BibtexReader } from './bibtex-parse.ts';
import { oneLine } from './clean-text.ts';
import type { ImportedRecord } from './importer.ts';

/** Entries that the parser is given at once, and the text of their values, in UTF-16 units. */
const batch = { entries: 200, length: 1024 * 1024 };

/** Most text that waits for an entry further down in the file, in UTF-16 units. */
const mostWaiting = 8 * 1024 * 1024;

type Waiting =
  | { kind: 'record'; record: ImportedRecord; length: number }
  | { kind: 'entry'; where: string; type: string; key: string; fields: BibtexFields; length: number };

/** Turns the text of a file, piece by piece, into records in their order; entries are parsed by batches. */
export class BibtexWork {
  readonly #scanner = new BibtexEntries();
  readonly #reader = new BibtexReader();
  readonly #parents = new BibtexParents();
  #batch: Exclude<BibtexPiece, { kind: 'string' }>[] = [];
  #batchLength = 0;
  /** Records in their order, of which the first waits for an entry that may come yet. */
  #queue: Waiting[] = [];
  #queueLength = 0;
  #ended = false;
  #foundAny = false;

  /** Has there been anything that begins like an entry? */
  get foundAny(): boolean {
    return this.#foundAny;
  }

  /** Takes the next piece of text; gives the records that are complete. */
  write(piece: string): Generator<ImportedRecord> {
    return this.#take(this.#scanner.write(piece));
  }

  /** Gives the rest, when no more text comes. */
  *end(): Generator<ImportedRecord> {
    yield* this.#take(this.#scanner.end());
    this.#ended = true;
    yield* this.#flush();
  }

  *#take(pieces: readonly BibtexPiece[]): Generator<ImportedRecord> {
    for (const piece of pieces) {
      this.#foundAny = true;
      if (piece.kind === 'string') {
        // It holds from here on.
        yield* this.#flush();
        this.#reader.define(piece);
        continue;
      }
      this.#batch.push(piece);
      if (piece.kind === 'entry') this.#batchLength += lengthOf(piece);
      if (this.#batch.length >= batch.entries || this.#batchLength >= batch.length) yield* this.#flush();
    }
  }

  *#flush(): Generator<ImportedRecord> {
    const entries = this.#batch.filter((piece) => piece.kind === 'entry');
    const fields = this.#reader.read(entries).values();
    for (const piece of this.#batch) {
      const where = oneLine(`line ${piece.line}${piece.key === '' ? '' : `, ${piece.key}`}`);
      const read = piece.kind === 'entry' ? (fields.next().value ?? '') : piece.reason;
      if (piece.kind === 'broken' || typeof read === 'string') {
        const reason = typeof read === 'string' ? read : '';
        this.#wait({ kind: 'record', record: { kind: 'skipped', where, reason }, length: 100 });
      } else {
        const { type, key } = piece;
        if (key !== '') this.#parents.add(key, type, read);
        if (!isNoWork(type)) this.#wait({ kind: 'entry', where, type, key, fields: read, length: lengthOf(piece) });
      }
    }
    this.#batch = [];
    this.#batchLength = 0;
    yield* this.#release();
  }

  #wait(waiting: Waiting): void {
    this.#queue.push(waiting);
    this.#queueLength += waiting.length;
  }

  *#release(): Generator<ImportedRecord> {
    let done = 0;
    for (const waiting of this.#queue) {
      const mustGo = this.#ended || this.#queueLength > mostWaiting;
      if (waiting.kind === 'entry' && !mustGo && this.#parents.missing(waiting.fields).length > 0) break;
      done += 1;
      this.#queueLength -= waiting.length;
      yield waiting.kind === 'record' ? waiting.record : this.#recordOf(waiting);
    }
    this.#queue = this.#queue.slice(done);
  }

  #recordOf({ where, type, key, fields }: Extract<Waiting, { kind: 'entry' }>): ImportedRecord {
    const paper = paperOfEntry(type, key, this.#parents.complete(fields));
    return 'reason' in paper ? { kind: 'skipped', where, reason: paper.reason } : { kind: 'paper', where, paper };
  }
}

function lengthOf({ values }: Extract<BibtexPiece, { kind: 'entry' }>): number {
  return values.reduce((sum, value) => sum + value.length, 100);
}
