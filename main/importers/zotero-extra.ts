import { arxivIdOf, doiOf } from '../../shared/identifiers.ts';
import { wordsOf } from './paper-fields.ts';

/** What stands in Zotero's field "Extra", which CSL calls `note`. */
export interface Extra {
  arxivId: string | null;
  doi: string | null;
  categories: string[];
  citationKey: string | null;
  /** Everything in it that is not one of ours; null when nothing is left. */
  rest: string | null;
}

/** Lines that reference managers write for themselves: `tex.…: …`, `PMID: …`. */
const forPrograms =
  /^(?:tex\.[\w-]+|pmid|pmcid|issn|isbn|oclc|mag|s2id|read_?status(?:_date)?|zsc[cj]|original-date|type|container-title|event(?:-\w+)?|publisher(?:-\w+)?|issued|accessed|number-of-pages|version|_eprint)$/i;

/**
 * Reads Zotero's "Extra": lines `Name: value`, of which some say what a paper is known by:
 * `arXiv: 2306.12345 [cs.LG]`, `arXiv:2306.12345`, `tex.eprint: 2306.12345`, `DOI: …`,
 * `Citation Key: …`.
 */
export function extraOf(text: string): Extra {
  const extra: Extra = { arxivId: null, doi: null, categories: [], citationKey: null, rest: null };
  const rest: string[] = [];
  const categories: string[] = [];
  for (const line of text.slice(0, 100_000).split('\n')) {
    const [, rawName = '', value = ''] = /^\s*([\w. -]{1,40}?)\s*[:=]\s*(\S.*?)\s*$/.exec(line) ?? [];
    const name = rawName.toLowerCase();
    if (/^(?:arxiv|arxiv[ _-]id|eprint|tex\.eprint|tex\.arxivid)$/.test(name)) {
      extra.arxivId ??= arxivIdOf(value);
      const category = /\[([a-z-]+(?:\.[A-Za-z-]{2,20})?)\]/.exec(value)?.[1];
      if (category !== undefined) categories.push(category);
    } else if (/^(?:doi|tex\.doi)$/.test(name)) extra.doi ??= doiOf(value);
    else if (/^(?:tex\.)?primaryclass$/.test(name)) categories.push(value);
    else if (/^(?:citation key|citekey|bibtex)$/.test(name)) extra.citationKey ??= value;
    else if (!forPrograms.test(name) && line.trim() !== '') rest.push(line.trim());
  }
  extra.categories = wordsOf(categories);
  extra.rest = rest.join(' ') || null;
  return extra;
}
