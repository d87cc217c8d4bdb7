import { OffprintError } from '../../shared/outcome.ts';
import type { Paper } from '../../shared/paper.ts';
import { knownForm } from './papers.ts';
import { paperForJson } from './print-papers.ts';
import { safeLine } from './safe-text.ts';
import type { CommonOptions, ExitCode, JsonOptions, Session } from './session.ts';

/** Options of `sources remove`. */
export interface RemoveOptions extends CommonOptions {
  dryRun?: true;
}

/** Groups of duplicates asked for in one call. */
const groupsAtOnce = 50;

function papers(count: number): string {
  return count === 1 ? '1 paper' : `${count} papers`;
}

/** Prints where the papers came from, the newest import first. */
export async function listSources({ client, terminal }: Session, options: JsonOptions): Promise<ExitCode> {
  const { sources } = await client.call('library.state', {});
  if (options.json) {
    terminal.out(`${JSON.stringify({ sources })}\n`);
    return 0;
  }
  const widest = Math.max(0, ...sources.map(({ id }) => String(id).length));
  for (const { id, name, formatLabel, importedAt, count } of sources) {
    const day = new Date(importedAt).toISOString().slice(0, 10);
    terminal.out(`${String(id).padStart(widest)}  ${day}  ${safeLine(name)} (${formatLabel}), ${papers(count)}\n`);
  }
  if (sources.length === 0) terminal.err('There are no sources.');
  return 0;
}

/** Removes a source, or says what removing it would do. */
export async function removeSource(session: Session, source: number, options: RemoveOptions): Promise<ExitCode> {
  const { client, terminal } = session;
  const { sources } = await client.call('library.state', {});
  const name = sources.find(({ id }) => id === source)?.name;
  if (name === undefined) throw new OffprintError('not-found', `There is no source with the number ${source}.`);
  if (options.dryRun) {
    const impact = await client.call('sources.impact', { source });
    terminal.out(
      `Removing ${safeLine(name)} would remove ${papers(impact.papers)}. ` +
        `${papers(impact.kept)} that only it brought would stay, for you have touched them; ` +
        `${papers(impact.shared)} would stay because other sources hold them too.\n` +
        'Nothing was written: this was a dry run.\n',
    );
    return 0;
  }
  const { removed, kept } = await client.call('sources.remove', { source });
  const stay = kept === 0 ? '' : ` ${papers(kept)} that you have touched stayed.`;
  terminal.out(`Removed ${safeLine(name)} and ${papers(removed)}.${stay}\n`);
  return 0;
}

/** Prints groups of papers that may be the same, the surest first. */
export async function listDuplicates({ client, terminal }: Session, options: JsonOptions): Promise<ExitCode> {
  let total = 0;
  if (options.json) terminal.out('{"groups":[');
  for (let offset = 0; offset === 0 || offset < total; offset += groupsAtOnce) {
    const answer = await client.call('duplicates.list', { offset, limit: groupsAtOnce });
    total = answer.total;
    for (const [at, { papers, reason }] of answer.groups.entries()) {
      if (options.json) {
        const group = { reason, papers: papers.map((paper) => paperForJson(asRow(paper))) };
        terminal.out(`${offset + at === 0 ? '\n' : ',\n'}${JSON.stringify(group)}`);
      } else {
        const lines = papers.map((paper) => `  ${safeLine(paper.id)}  ${safeLine(paper.title)}\n`);
        terminal.out(`${safeLine(reason)}\n${lines.join('')}`);
      }
    }
    if (answer.groups.length === 0) break;
  }
  if (options.json) terminal.out(`],"total":${total}}\n`);
  else if (total === 0) terminal.err('No papers look alike.');
  return 0;
}

function asRow(paper: Paper) {
  return { ...paper, excerpt: '', sources: paper.sources.map(({ name }) => name) };
}

/** Makes several papers one. */
export async function mergePapers({ client, terminal }: Session, ids: string[]): Promise<ExitCode> {
  const { id } = await client.call('papers.merge', { ids: ids.map(knownForm) });
  terminal.out(`Merged ${papers(ids.length)} into ${safeLine(id)}.\n`);
  return 0;
}

/** Takes back the last change, or does again what was taken back last. */
export async function turn({ client, terminal }: Session, call: 'history.undo' | 'history.redo'): Promise<ExitCode> {
  const { done } = await client.call(call, {});
  const isUndo = call === 'history.undo';
  if (done === null) {
    throw new OffprintError('not-found', `There is nothing to ${isUndo ? 'take back' : 'do again'}.`);
  }
  terminal.out(`${isUndo ? 'Taken back' : 'Done again'}: ${safeLine(done)}.\n`);
  return 0;
}
