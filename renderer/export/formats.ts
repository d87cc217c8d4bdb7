import type { ExportFormat } from '../../shared/export-formats.ts';

/** What each format is for, and what of the reader's own words it has a place for. */
export const formatWords: Record<ExportFormat, { use: string; notes: string }> = {
  bibtex: {
    use: 'For LaTeX, JabRef and BibDesk.',
    notes: 'Notes, and tags as JabRef’s groups.',
  },
  biblatex: {
    use: 'For LaTeX with BibLaTeX and biber.',
    notes: 'Notes, and tags as JabRef’s groups.',
  },
  ris: {
    use: 'For Zotero, EndNote and Mendeley.',
    notes: 'Notes alone: RIS has no place for tags.',
  },
  'csl-json': {
    use: 'For Zotero, Pandoc and whatever else makes citations.',
    notes: 'Notes, tags, status and star.',
  },
  csv: {
    use: 'For spreadsheets: a row for each paper.',
    notes: 'Notes, tags, status and star, each in its column.',
  },
  json: {
    use: 'Everything that Offprint knows; another Offprint takes all of it in again.',
    notes: 'Notes, highlights, tags, status and star.',
  },
  markdown: {
    use: 'One text to read and to search.',
    notes: 'Notes, highlights, tags, status and star.',
  },
  'markdown-folder': {
    use: 'For Obsidian and Zettlr: a file for each paper, with front matter, in a new folder.',
    notes: 'Notes with their pictures, highlights, tags, status and star.',
  },
  html: {
    use: 'One page to read, print or send; it loads nothing and runs nothing.',
    notes: 'Notes, highlights, tags, status and star.',
  },
};
