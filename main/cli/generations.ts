import type { CallOutput } from '../../shared/contract.ts';
import type { Difference, Generation, GenerationReason, Said } from '../../shared/generations.ts';
import { mostKept } from '../../shared/keeping-calls.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { type PaperId, statusLabels } from '../../shared/paper.ts';
import { knownForm } from './papers.ts';
import { fitLine, safeLine } from './safe-text.ts';
import type { CommonOptions, ExitCode, JsonOptions, Session } from './session.ts';

/** Options of `generations show`. */
export interface ShowGenerationOptions extends JsonOptions {
  /** Only papers with this in their title or note. */
  find?: string;
}

/** Options of `generations restore`. */
export interface RestoreGenerationOptions extends CommonOptions {
  /** Ids; left out for everything. */
  paper?: string[];
  dryRun?: true;
}

const reasons: Record<GenerationReason, string> = {
  start: 'at the start',
  hour: 'by the hour',
  migration: 'before a new layout',
  import: 'before an import',
  restore: 'before a restore',
  'large-change': 'before a large change',
  asked: 'when asked',
};

/** Lists the earlier states that are kept, the newest first. */
export async function listGenerations({ client, terminal }: Session, { json }: JsonOptions): Promise<ExitCode> {
  const { generations, folder } = await client.call('generations.list', {});
  if (json) terminal.out(`${JSON.stringify({ generations, folder })}\n`);
  else if (generations.length === 0) terminal.err('No earlier states are kept yet.');
  else terminal.out(generations.map((generation) => `${printGeneration(generation)}\n`).join(''));
  return 0;
}

/** Keeps the state of now. */
export async function takeGeneration({ client, terminal }: Session, { json }: JsonOptions): Promise<ExitCode> {
  const generation = await client.call('generations.take', {});
  terminal.out(json ? `${JSON.stringify({ generation })}\n` : `Kept: ${printGeneration(generation)}\n`);
  return 0;
}

/** Says how an earlier state differs from what the library says now. */
export async function showGeneration(
  session: Session,
  id: string,
  { find = '', json }: ShowGenerationOptions,
): Promise<ExitCode> {
  const { terminal } = session;
  let isFirst = true;
  for await (const page of pages(session, id, find)) {
    const { generation, total, differences, views, tagColours, merges } = page;
    if (isFirst && json) {
      terminal.out(`${JSON.stringify({ generation, views, tagColours, merges, total }).slice(0, -1)},"papers":[`);
    } else if (isFirst) terminal.out(printSummary(page));
    for (const [at, difference] of differences.entries()) {
      if (json) terminal.out(`${isFirst && at === 0 ? '\n' : ',\n'}${JSON.stringify(difference)}`);
      else terminal.out(printDifference(difference, terminal.width));
    }
    isFirst = false;
  }
  if (json) terminal.out(']}\n');
  return 0;
}

/** Makes the library say what an earlier state says, or says what that would do. */
export async function restoreGeneration(
  session: Session,
  id: string,
  { paper, dryRun }: RestoreGenerationOptions,
): Promise<ExitCode> {
  const { client, terminal } = session;
  const ids = paper ? await ownIds(session, paper.map(knownForm)) : null;
  if (dryRun) {
    terminal.out(`${await foretold(session, id, ids)} Nothing was written: this was a dry run.\n`);
    return 0;
  }
  const { undo } = await client.call('library.state', {});
  const { changed, label } = await client.call('generations.restore', { id, ids });
  const isDone = changed > 0 || (await client.call('library.state', {})).undo !== undo;
  if (!isDone) terminal.out('Nothing to change.\n');
  else terminal.out(`${safeLine(label)}: ${papers(changed)} changed. \`offprint undo\` takes it back.\n`);
  return 0;
}

type Compared = CallOutput<'generations.compare'>;

async function* pages({ client }: Session, id: string, find: string): AsyncGenerator<Compared> {
  for (let offset = 0; ; offset += mostKept) {
    const page = await client.call('generations.compare', { id, find, offset, limit: mostKept });
    yield page;
    if (offset + mostKept >= page.total) return;
  }
}

/** The papers' own ids. One that is not in the library any more may still be in an earlier state, and stays as it is. */
async function ownIds({ client }: Session, ids: readonly PaperId[]): Promise<PaperId[]> {
  const own: PaperId[] = [];
  for (const id of ids) {
    const paper = await client.call('paper.get', { id, query: '' }).catch((error: unknown) => {
      if (error instanceof OffprintError && error.code === 'not-found') return { id };
      throw error;
    });
    own.push(paper.id);
  }
  return own;
}

async function foretold(session: Session, id: string, ids: readonly PaperId[] | null): Promise<string> {
  const wanted = ids && new Set(ids);
  let count = 0;
  let others: string[] = [];
  for await (const { differences, ...page } of pages(session, id, '')) {
    count += differences.filter((each) => wanted === null || wanted.has(each.id)).length;
    others = wanted === null ? otherDifferences(page) : [];
  }
  return `It would change ${[papers(count), ...others].join(', ')}.`;
}

function papers(count: number): string {
  return count === 1 ? '1 paper' : `${count} papers`;
}

function notes(count: number): string {
  return count === 1 ? '1 note' : `${count} notes`;
}

function otherDifferences({ views, tagColours, merges }: Pick<Compared, 'views' | 'tagColours' | 'merges'>): string[] {
  return [
    [views, 'saved view', 'saved views'] as const,
    [tagColours, 'tag colour', 'tag colours'] as const,
    [merges, 'merge', 'merges'] as const,
  ].flatMap(([count, one, several]) => (count === 0 ? [] : [count === 1 ? `1 ${one}` : `${count} ${several}`]));
}

const moment = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' });

function printGeneration({ id, takenAt, reason, papers: marked, notes: noted, bytes, current }: Generation): string {
  const size = `${Math.max(1, Math.round(bytes / 1024))} KB`;
  const now = current ? ', as it is now' : '';
  return `${safeLine(id)}  ${moment.format(takenAt)}  ${reasons[reason]}, ${papers(marked)}, ${notes(noted)}, ${size}${now}`;
}

function printSummary({ generation, total, ...others }: Compared): string {
  const different = [papers(total), ...otherDifferences(others)].join(', ');
  return `${printGeneration(generation)}\nDifferent from now: ${different}\n`;
}

function printDifference({ id, title, was, now }: Difference, width: number | null): string {
  const name = title === null ? 'not in the library' : safeLine(title);
  const lines = [`${safeLine(id)}  ${name}`, `  then  ${printSaid(was)}`, `  now   ${printSaid(now)}`];
  return lines.map((line) => `${width === null ? line : fitLine(line, width)}\n`).join('');
}

function printSaid(said: Said | null): string {
  if (said === null) return 'nothing';
  const { status, starred, tags, note, highlights = [] } = said;
  const text = note.trim() === '' ? [] : [`“${safeLine(note.trim())}”`];
  const parts = [statusLabels[status], ...(starred ? ['starred'] : []), ...tags.map((tag) => `#${safeLine(tag)}`)];
  const marked = highlights.length === 0 ? [] : [`highlighted: ${highlights.map(safeLine).join(' · ')}`];
  return [parts.join(' '), ...text, ...marked].join('  ');
}
