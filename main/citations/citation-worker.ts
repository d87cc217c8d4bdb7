import { parentPort } from 'node:worker_threads';
import type { CslItem } from '../exporters/csl-item.ts';
import type { FormattedCitation } from './citation-html.ts';
import { type ProcessedStyle, processCitations } from './citation-processor.ts';

/** What the thread is asked. */
export interface CitationQuestion {
  items: readonly CslItem[];
  style: ProcessedStyle;
}

/** What it answers: citations, or that it could not make them, with what it broke on. */
export type CitationAnswer = { made: FormattedCitation } | { failure: string };

// The entry of the thread that formats citations, one question after the other. It is stopped by whoever started it.

if (parentPort) {
  const port = parentPort;
  let before: Promise<void> = Promise.resolve();
  port.on('message', ({ items, style }: CitationQuestion) => {
    before = before
      .then(() => processCitations(items, style))
      .then(
        (made) => port.postMessage({ made } satisfies CitationAnswer),
        (error: unknown) => {
          const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
          port.postMessage({ failure } satisfies CitationAnswer);
        },
      );
  });
}
