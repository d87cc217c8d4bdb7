import { oneLine } from './clean-text.ts';
import type { FoundId } from './find-ids.ts';
import { type ImportedRecord, paperOf } from './importer.ts';
import { latexToText } from './latex-text.ts';
import { titleOf } from './paper-fields.ts';
import { placeholderTitle } from './placeholder-title.ts';

/** A paper of which only an id is known, and the title where it stands beside it; `where` names the line. */
export function recordOfId({ arxivId, doi, title }: FoundId, where: string): ImportedRecord {
  const named = titleOf(title, (text) => oneLine(latexToText(text)));
  const known = 'title' in named ? named.title : (placeholderTitle(arxivId, doi) ?? '');
  return { kind: 'paper', where, paper: { ...paperOf(known), arxivId, doi } };
}
