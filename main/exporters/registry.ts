import type { ExportFormat } from '../../shared/export-formats.ts';
import { type TextExporter, withoutOwnWords } from './exporter.ts';

/** A format that papers are written in as one text; `markdown-folder` is a file for each. */
export type TextFormat = Exclude<ExportFormat, 'markdown-folder'>;

/** Where each format is written. Loaded when it is asked for: some need much code. */
const exporters: Record<TextFormat, () => Promise<TextExporter>> = {
  bibtex: async () => (await import('./bibtex.ts')).bibtex,
  biblatex: async () => (await import('./bibtex.ts')).biblatex,
  ris: async () => (await import('./ris.ts')).ris,
  'csl-json': async () => (await import('./csl-json.ts')).cslJson,
  csv: async () => (await import('./csv.ts')).csv,
  json: async () => {
    const { exportPapers } = await import('./offprint-json.ts');
    return async function* complete(papers, { notes, exportedAt }) {
      yield* exportPapers(notes ? papers : bare(papers), exportedAt);
    };
  },
  markdown: async () => (await import('./markdown.ts')).markdown,
  html: async () => (await import('./html.ts')).html,
};

async function* bare(papers: Parameters<TextExporter>[0]): AsyncGenerator<ReturnType<typeof withoutOwnWords>, void> {
  for await (const paper of papers) yield withoutOwnWords(paper);
}

/** The exporter of a format. */
export function exporterOf(format: TextFormat): Promise<TextExporter> {
  return exporters[format]();
}
