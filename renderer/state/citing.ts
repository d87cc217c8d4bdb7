import { mostCited } from '../../shared/export-calls.ts';
import { type CitationStyle, citationStyles } from '../../shared/export-formats.ts';
import { copyText } from './clipboard.ts';
import { sizeOf } from './ranges.ts';
import type { Session } from './session.ts';

/** What a style is called. */
export function styleLabel(style: CitationStyle): string {
  return citationStyles.find(({ id }) => id === style)?.label ?? style;
}

/**
 * Copies citations of the chosen papers as a style has them in a list of references: as text, and with its italics
 * and links where it is pasted into a document.
 */
export async function copyCitations(
  session: Session,
  style: CitationStyle = session.store.get().settings.citationStyle,
): Promise<void> {
  const { client, list, papers, toasts } = session;
  const chosen = papers.chosen();
  try {
    const ids = (await list.rowsOf(chosen, mostCited)).map(({ id }) => id);
    if (ids.length === 0) return;
    const { text, html } = await client.call('citations.format', { ids, style });
    await write(text, style === 'bibtex' ? null : html);
    const what =
      ids.length === 1 ? `Copied as ${styleLabel(style)}` : `Copied ${ids.length} papers as ${styleLabel(style)}`;
    const left = sizeOf(chosen) - ids.length;
    const action = { label: 'Change…', run: () => session.dialog({ kind: 'settings', at: 'citations' }) };
    toasts.show('done', left > 0 ? `${what}; ${left} more were not copied` : what, { topic: 'copy', action });
  } catch (error) {
    if (!(error instanceof DOMException)) return toasts.fail(error);
    toasts.show('error', 'The system did not let Offprint use the clipboard.', { topic: 'copy' });
  }
}

/** Copies the citation keys of the chosen papers, separated by commas as `\cite` takes them. */
export async function copyCitationKeys(session: Session): Promise<void> {
  const { client, list, papers, toasts } = session;
  try {
    const rows = await list.rowsOf(papers.chosen(), mostCited);
    const keys: string[] = [];
    for (const { id } of rows) keys.push((await client.call('citations.key', { id })).key);
    if (keys.length === 0) return;
    const done = keys.length === 1 ? `Copied the citation key ${keys[0]}` : `Copied ${keys.length} citation keys`;
    await copyText(toasts, keys.join(','), done);
  } catch (error) {
    toasts.fail(error);
  }
}

/** Both forms where the system takes both; a program that they are pasted into chooses. */
async function write(text: string, html: string | null): Promise<void> {
  if (html !== null && typeof ClipboardItem !== 'undefined') {
    const item = new ClipboardItem({
      'text/plain': new Blob([text], { type: 'text/plain' }),
      'text/html': new Blob([html], { type: 'text/html' }),
    });
    try {
      return await navigator.clipboard.write([item]);
    } catch {
      // Text alone is what every system takes.
    }
  }
  await navigator.clipboard.writeText(text);
}
