import { mostCited } from '../../shared/export-calls.ts';
import type { CitationStyle } from '../../shared/export-formats.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { knownForm } from './papers.ts';
import { safeText } from './safe-text.ts';
import type { CommonOptions, ExitCode, Session } from './session.ts';

/** Options of `cite`. */
export interface CiteOptions extends CommonOptions {
  style?: CitationStyle;
  html?: boolean;
}

/** Prints papers as a style has them in a list of references, in the order that it wants. */
export async function citePapers(
  { client, terminal }: Session,
  ids: readonly string[],
  { style, html = false }: CiteOptions,
): Promise<ExitCode> {
  if (ids.length > mostCited) {
    throw new OffprintError('bad-input', `At most ${mostCited} papers can be cited at once; these are ${ids.length}.`);
  }
  const chosen = style ?? (await client.call('library.state', {})).settings.citationStyle;
  const cited = await client.call('citations.format', { ids: ids.map(knownForm), style: chosen });
  terminal.out(`${safeText(html ? cited.html : cited.text)}\n`);
  return 0;
}
