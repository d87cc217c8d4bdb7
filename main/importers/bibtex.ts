import type { Importer } from './importer.ts';
import { notOfFormat } from './not-of-format.ts';

const label = 'a BibTeX file';

const knownType =
  /^(?:article|book|booklet|collection|conference|dataset|electronic|inbook|incollection|inproceedings|manual|mastersthesis|misc|mvbook|online|patent|periodical|phdthesis|preprint|proceedings|reference|report|software|techreport|thesis|unpublished|www|string|preamble|comment|xdata)$/i;
const beginsEntry =
  /^[ \t]*@[ \t]*([a-z]+)\s{0,20}[{(]\s{0,20}(?:[^\s,={}()"#%]{1,300}\s{0,20},\s{0,200}(?:\}|[\w-]+\s*=)|[\w-]{1,50}\s*=\s*["{\d]|jabref)/gim;

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
    // The parser takes longer to load than most files take to read.
    const { BibtexWork } = await import('./bibtex-work.ts');
    const work = new BibtexWork();
    let beginning = '';
    for await (const piece of file.pieces()) {
      if (beginning.length < 10_000) beginning += piece.slice(0, 10_000);
      yield* work.write(piece);
    }
    yield* work.end();
    if (!work.foundAny) throw notOfFormat(file.name, label, beginning);
  },
};
