import { BibtexEntries, type BibtexPiece } from './bibtex-entries.ts';
import { BibtexParents } from './bibtex-inherit.ts';
import { isNoWork, paperOfEntry } from './bibtex-paper.ts';
import { type BibtexFields, BibtexReader } from './bibtex-parse.ts';
import { oneLine } from './clean-text.ts';
import type { ImportedRecord, Importer } from './importer.ts';
import { notOfFormat } from './not-of-format.ts';

const label = 'a BibTeX file';

/** Entries that the parser is given at once, and the text of their values, in UTF-16 units. */
const batch = { entries: 200, length: 1024 * 1024 };

/** Most text that waits for an entry further down in the file, in UTF-16 units. */
const mostWaiting = 8 * 1024 * 1024;

const knownType =
  /^(?:article|book|booklet|collection|conference|dataset|electronic|inbook|incollection|inproceedings|manual|mastersthesis|misc|mvbook|online|patent|periodical|phdthesis|preprint|proceedings|reference|report|software|techreport|thesis|unpublished|www|string|preamble|comment|xdata)$/i;
const beginsEntry =
  /^[ \t]*@[ \t]*([a-z]+)\s{0,20}[{(]\s{0,20}(?:[^\s,={}()"#%]{1,300}\s{0,20},\s{0,200}(?:\}|[\w-]+\s*=)|[\w-]{1,50}\s*=\s*["{\d]|jabref)/gim;

type Waiting =
  | { kind: 'record'; record: ImportedRecord; length: number }
  | { kind: 'entry'; where: string; type: string; key: string; fields: BibtexFields; length: number };

/** BibTeX and BibLaTeX. A bad entry costs itself; fields are taken over by `crossref` and `xdata`, in whatever order. */
export const bibtex: Importer = {
  format: 'bibtex',
  label,

  recognise(beginning) {
    // Pages and data may quote entries.
    if (/^\s*[<[{]/.test(beginning)) return 0;
    beginsEntry.lastIndex = 0;
    const first = beginsEntry.exec(beginning);
    if (!first) return 0;
    const before = beginning
      .slice(0, first.index)
      .replaceAll(/^[ \t]*%.*$/gm, '')
      .trim();
    // A paper's page often ends with the entry to cite it by; such a text is something else.
    const isAtBeginning = before.length < 2000 && before.length < beginning.length / 2;
    if (!isAtBeginning) return 0.3;
    return knownType.test(first[1] ?? '') ? 0.9 : 0.6;
  },

  async *read(file) {
    const scanner = new BibtexEntries();
    const work = new BibtexWork();
    let beginning = '';
    for await (const piece of file.pieces()) {
      if (beginning.length < 10_000) beginning += piece.slice(0, 10_000);
      yield* work.take(scanner.write(piece));
    }
    yield* work.take(scanner.end());
    yield* work.end();
    if (!work.foundAny) throw notOfFormat(file.name, label, beginning);
  },
};

/** Turns pieces of a file into records, batch by batch and in their order. */
class BibtexWork {
  readonly #reader = new BibtexReader();
  readonly #parents = new BibtexParents();
  #batch: Exclude<BibtexPiece, { kind: 'string' }>[] = [];
  #batchLength = 0;
  /** Records in their order, of which the first waits for an entry that may come yet. */
  #queue: Waiting[] = [];
  #queueLength = 0;
  #ended = false;
  foundAny = false;

  *take(pieces: readonly BibtexPiece[]): Generator<ImportedRecord> {
    for (const piece of pieces) {
      this.foundAny = true;
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

  *end(): Generator<ImportedRecord> {
    this.#ended = true;
    yield* this.#flush();
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
