import { bibtexEntry, type Dialect } from './bibtex-entry.ts';
import { inPieces, type TextExporter } from './exporter.ts';

function exporterOf(dialect: Dialect): TextExporter {
  return (papers, { keys, notes, isFile }) =>
    inPieces(papers, {
      // JabRef and BibDesk ask for it; everybody else takes it for a remark.
      begin: isFile ? '% Encoding: UTF-8\n\n' : '',
      between: '\n',
      paper: (paper) => bibtexEntry(paper, keys(paper), dialect, notes),
    });
}

/** BibTeX, in UTF-8; see {@link bibtexEntry}. */
export const bibtex = exporterOf('bibtex');

/** BibLaTeX, in UTF-8; see {@link bibtexEntry}. */
export const biblatex = exporterOf('biblatex');
