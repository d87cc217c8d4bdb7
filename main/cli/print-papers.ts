import stringWidth from 'string-width';
import { type Paper, type Row, type Status, statusLabels } from '../../shared/paper.ts';
import { fitLine, safeLine, safeText, wrapText } from './safe-text.ts';

/** One sign for each status. */
export const statusSigns: Record<Status, string> = { unread: '○', queued: '●', reading: '◐', read: '✓', skipped: '–' };

/** Ids are shown whole up to this many cells; longer ones push their own title to the right. */
const widestIdColumn = 28;
/** Prose is easiest to read up to this width. */
const widestProse = 80;
/** Names of facts stand in a column of up to this many cells. */
const widestFactName = 16;

/** What `list --json` says of one paper. */
export function paperForJson(row: Row) {
  const { id, title, authors, published, status, starred, tags, hasNote, sources } = row;
  return { id, title, authors, published, status, starred, tags, hasNote, sources };
}

/** What `show --json` says: everything known but where a search matched, for there was none. */
export function wholePaperForJson({
  titleMatches: _title,
  abstractMatches: _abstract,
  noteMatches: _note,
  ...paper
}: Paper) {
  const { id, title, authors, published, status, starred, tags, hasNote, ...rest } = paper;
  return { id, title, authors, published, status, starred, tags, hasNote, ...rest };
}

/**
 * Papers as lines: status, star, note, id, date, title, tags.
 * @param width cells to fit each line into; null for as long as it takes
 */
export function printRows(rows: readonly Row[], width: number | null): string {
  const idWidth = Math.min(widestIdColumn, Math.max(0, ...rows.map((row) => stringWidth(safeLine(row.id)))));
  const dated = rows.some((row) => row.published !== null);
  return rows
    .map((row) => {
      const id = safeLine(row.id);
      const signs = `${statusSigns[row.status]}${row.starred ? '★' : ' '}${row.hasNote ? '✎' : ' '}`;
      const date = dated ? `${(row.published ?? '').padEnd(10)}  ` : '';
      const tags = row.tags.map((tag) => `  #${safeLine(tag)}`).join('');
      const line = `${signs} ${id}${' '.repeat(Math.max(0, idWidth - stringWidth(id)))}  ${date}${safeLine(row.title)}${tags}`;
      return `${width === null ? line : fitLine(line, width)}\n`;
    })
    .join('');
}

/** One paper, whole, to be read. */
export function printPaper(paper: Paper, width: number | null): string {
  const measure = Math.min(width ?? widestProse, widestProse);
  const facts: [string, string][] = [
    ['Id', paper.id],
    ['Status', `${statusLabels[paper.status]}${paper.starred ? ', starred' : ''}`],
    ['Tags', paper.tags.join(', ')],
    ['Authors', paper.authors.join(', ')],
    ['Published', paper.published ?? ''],
    ['Revised', paper.updated === paper.published ? '' : (paper.updated ?? '')],
    ['Venue', paper.venue ?? ''],
    ['Reference', paper.journalReference ?? ''],
    ['arXiv', paper.arxivId ?? ''],
    ['Categories', paper.categories.join(', ')],
    ['DOI', paper.doi ?? ''],
    ...paper.links.map(({ label, url }): [string, string] => [label, url]),
    ['Keywords', paper.keywords.join(', ')],
    ['Comment', paper.comment ?? ''],
    ['At capture', [counted(paper.votes, 'vote'), counted(paper.comments, 'comment')].filter(Boolean).join(', ')],
    ['Versions', paper.versions.map(({ name, date }) => (date === null ? name : `${name} (${date})`)).join(', ')],
    ['Cited as', paper.citationKey ?? ''],
    ['Sources', paper.sources.map(({ name }) => name).join(', ')],
    ['Added', day(paper.addedAt)],
    ['Changed', paper.changedAt === null ? '' : day(paper.changedAt)],
  ];
  const known = facts.filter(([, value]) => value !== '').map(([name, value]) => [safeLine(name), safeLine(value)]);
  const nameWidth = Math.min(widestFactName, Math.max(...known.map(([name = '']) => stringWidth(name))));
  const lines = known.map(
    ([name = '', value]) => `${name}${' '.repeat(Math.max(0, nameWidth - stringWidth(name)))} ${value}\n`,
  );
  const abstract = paper.abstract === null ? 'No abstract is known.' : safeText(paper.abstract);
  const title = wrapText(safeLine(paper.title), measure);
  const parts = [
    `${title}\n\n${lines.join('')}\n${wrapText(abstract, measure)}\n`,
    ...(paper.summary === null
      ? []
      : [`Summary written by a machine\n\n${wrapText(safeText(paper.summary), measure)}\n`]),
    ...paper.revisions.map(
      ({ abstract: earlier, source, importedAt }) =>
        `Earlier abstract, from ${safeLine(source)}, ${day(importedAt)}\n\n${wrapText(safeText(earlier), measure)}\n`,
    ),
    ...(paper.note === '' ? [] : [`Note\n\n${safeText(paper.note)}\n`]),
  ];
  return parts.join('\n');
}

function counted(count: number | null, noun: string): string {
  return count === null ? '' : `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

function day(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
