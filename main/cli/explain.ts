import { longestQuery } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { explainQuery } from '../../shared/query/explain.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import { printQuery } from '../../shared/query/print.ts';
import { safeLine } from './safe-text.ts';
import type { JsonOptions } from './session.ts';
import type { Terminal } from './terminal.ts';

// They keep words of either direction apart in a window; a terminal is shown none, wherever they come from.
const isolates = /[\u2068\u2069]/g;

/**
 * Prints what a query is understood as: in plain words, or as JSON with the query written out in
 * full and as the tree that it is read into.
 */
export function explain(terminal: Terminal, text: string, options: JsonOptions): void {
  if (text.length > longestQuery) {
    throw new OffprintError(
      'bad-input',
      `The query is too long: ${text.length} characters, and at most ${longestQuery} can be searched for.`,
    );
  }
  const query = parseQuery(text);
  const explanation = explainQuery(query).replaceAll(isolates, '');
  if (!options.json) terminal.out(`${safeLine(explanation)}\n`);
  else terminal.out(`${JSON.stringify({ explanation, query: printQuery(query), ...query }, null, 2)}\n`);
}
