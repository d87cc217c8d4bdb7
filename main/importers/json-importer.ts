import { OffprintError } from '../../shared/outcome.ts';
import type { ImportedPaper, ImportedRecord, ImportedText, Importer } from './importer.ts';
import { jsonElements } from './json-elements.ts';
import type { Judge } from './json-reader.ts';
import type { JsonObject } from './json-values.ts';
import { notOfFormat } from './not-of-format.ts';

/**
 * What a record says of a paper; or why it is skipped, in words that complete "it was skipped: …";
 * or null when there is nothing to say of it.
 */
export type PaperOfRecord = (record: JsonObject) => ImportedPaper | string | null;

/** A format whose records are objects of JSON. */
export interface JsonFormat extends Pick<Importer, 'format' | 'label' | 'recognise'> {
  /** Is this a record, rather than something that holds records? */
  judge: Judge;
  /** What a record says; or how to load what tells it, once such a file is read. */
  paper: PaperOfRecord | { load(): Promise<PaperOfRecord> };
}

/** Reads a format of JSON: what is common to all of them. */
export function jsonImporter({ format, label, recognise, judge, paper }: JsonFormat): Importer {
  return {
    format,
    label,
    recognise,
    async *read(file: ImportedText): AsyncGenerator<ImportedRecord, void> {
      const paperOf = typeof paper === 'function' ? paper : await paper.load();
      let beginning = '';
      let papers = 0;
      let skipped = 0;
      const watched: ImportedText = {
        name: file.name,
        whole: () => file.whole(),
        async *pieces() {
          for await (const piece of file.pieces()) {
            if (beginning.length < 1000) beginning += piece;
            yield piece;
          }
        },
      };
      for await (const elements of jsonElements(watched, judge)) {
        for (const element of elements) {
          const outcome = 'reason' in element ? element.reason : paperOf(element.value);
          if (outcome === null) continue;
          if (typeof outcome === 'string') {
            skipped += 1;
            yield { kind: 'skipped', where: element.where, reason: outcome };
          } else {
            papers += 1;
            yield { kind: 'paper', where: element.where, paper: outcome };
          }
        }
      }
      if (papers === 0 && !/^\s*[[{]/.test(beginning)) throw notOfFormat(file.name, label, beginning);
      if (papers + skipped > 0) return;
      throw new OffprintError(
        'bad-input',
        `${file.name} is read as ${label}, and holds no papers. Nothing was imported.`,
      );
    },
  };
}
