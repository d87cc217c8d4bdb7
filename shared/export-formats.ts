import * as z from 'zod';

/** Every format that papers are written in, in the order in which they are offered. */
export const exportFormats = [
  { id: 'bibtex', label: 'BibTeX', extension: 'bib' },
  { id: 'biblatex', label: 'BibLaTeX', extension: 'bib' },
  { id: 'ris', label: 'RIS', extension: 'ris' },
  { id: 'csl-json', label: 'CSL-JSON', extension: 'json' },
  { id: 'csv', label: 'CSV', extension: 'csv' },
  { id: 'json', label: 'Offprint JSON, complete', extension: 'jsonl' },
  { id: 'markdown', label: 'Markdown, one file', extension: 'md' },
  { id: 'markdown-folder', label: 'Markdown, a file for each paper', extension: null },
  { id: 'html', label: 'HTML page', extension: 'html' },
] as const;

/** One of {@link exportFormats}, by its id. */
export const exportFormatSchema = z.enum(exportFormats.map(({ id }) => id) as [ExportFormat, ...ExportFormat[]]);

/** See {@link exportFormatSchema}. */
export type ExportFormat = (typeof exportFormats)[number]['id'];

/** Styles of formatted citations; `bibtex` is the entry itself. */
export const citationStyles = [
  { id: 'apa', label: 'APA' },
  { id: 'mla', label: 'MLA' },
  { id: 'chicago', label: 'Chicago' },
  { id: 'ieee', label: 'IEEE' },
  { id: 'bibtex', label: 'BibTeX' },
] as const;

/** One of {@link citationStyles}, by its id. */
export const citationStyleSchema = z.enum(citationStyles.map(({ id }) => id) as [CitationStyle, ...CitationStyle[]]);

/** See {@link citationStyleSchema}. */
export type CitationStyle = (typeof citationStyles)[number]['id'];
