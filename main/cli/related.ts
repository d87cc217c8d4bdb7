import { mostRelated, type RelatedPaper } from '../../shared/related-calls.ts';
import { knownForm } from './papers.ts';
import { statusSigns } from './print-papers.ts';
import { fitLine, safeLine } from './safe-text.ts';
import type { ExitCode, JsonOptions, Session } from './session.ts';

/** Options of `related`. */
export interface RelatedOptions extends JsonOptions {
  limit?: number;
}

/** Papers listed unless another number is given. */
const usual = 10;

/** Prints the papers most like one, the nearest first, with the words that make them so. */
export async function listRelated(
  { client, terminal }: Session,
  id: string,
  { limit = usual, json }: RelatedOptions,
): Promise<ExitCode> {
  const asked = { id: knownForm(id), limit: Math.min(Math.max(1, limit), mostRelated) };
  const { papers } = await client.call('papers.related', asked);
  const shown = papers.slice(0, limit);
  if (json) terminal.out(`${JSON.stringify({ papers: shown }, null, 2)}\n`);
  else if (papers.length === 0) terminal.err('No other paper of the library says the same.');
  else terminal.out(shown.map((paper) => linesOf(paper, terminal.width)).join(''));
  return 0;
}

function linesOf({ id, title, status, starred, words }: RelatedPaper, width: number | null): string {
  const lines = [
    `${statusSigns[status]}${starred ? '★' : ' '} ${safeLine(id)}  ${safeLine(title)}`,
    `   ${words.map(safeLine).join(', ')}`,
  ];
  return lines.map((line) => `${width === null ? line : fitLine(line, width)}\n`).join('');
}
