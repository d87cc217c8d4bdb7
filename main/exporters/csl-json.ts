import type { ExportedPaper } from '../../shared/offprint-export.ts';
import { type CslItem, cslItem } from './csl-item.ts';
import { inPieces, type TextExporter } from './exporter.ts';
import { joinedWords } from './joined-words.ts';

/** An item with everything that a paper has a place for in CSL-JSON. */
interface WholeItem extends CslItem {
  abstract?: string;
  keyword?: string;
  /** What Zotero shows as "Extra": ids in its own spelling, then what the authors remark. */
  note?: string;
  /** The reader's note. */
  annote?: string;
  /** What the reader said besides; CSL leaves it to each program what stands here. */
  custom?: { tags?: string[]; status?: string; starred?: boolean };
}

function extraOf({ arxivId, categories, comment }: ExportedPaper): string {
  const [category] = categories;
  const id = arxivId === null ? [] : [`arXiv: ${arxivId}${category === undefined ? '' : ` [${category}]`}`];
  return [...id, ...(comment === null ? [] : [comment])].join('\n');
}

function itemOf(paper: ExportedPaper, key: string, notes: boolean): WholeItem {
  const item: WholeItem = cslItem(paper, key);
  const extra = extraOf(paper);
  if (paper.abstract !== null) item.abstract = paper.abstract;
  if (paper.keywords.length > 0) item.keyword = joinedWords(paper.keywords);
  if (extra !== '') item.note = extra;
  if (!notes) return item;
  const { tags, status, starred } = paper;
  if (paper.note.trim() !== '') item.annote = paper.note.trim();
  const custom = {
    ...(tags.length > 0 && { tags }),
    ...(status !== 'unread' && { status }),
    ...(starred && { starred }),
  };
  if (Object.keys(custom).length > 0) item.custom = custom;
  return item;
}

/** CSL-JSON, a list of items; https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html */
export const cslJson: TextExporter = (papers, { keys, notes }) =>
  inPieces(papers, {
    begin: '[\n',
    between: ',\n',
    end: (count) => (count === 0 ? ']\n' : '\n]\n'),
    paper: (paper) => JSON.stringify(itemOf(paper, keys(paper), notes)),
  });
