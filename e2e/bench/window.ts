import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildCorpus } from '../../main/corpus/build-corpus.ts';
import { driveWindow, type WindowSamples } from './drive-window.ts';
import { generatePapers } from './generate.ts';
import { measure } from './measure.ts';
import { median, percentile } from './statistics.ts';

interface Deciding {
  typing: { ours: number[]; bare: number[] };
  marking: Record<'one' | 'append' | 'many' | 'counted' | 'undoMany', number[]>;
  marked: number;
  peakMegabytes: number;
}

/** What finding and deciding cost in a library of one size, a fifth of it marked and tagged. */
export interface WindowFigures {
  papers: number;
  opening: number;
  window: WindowSamples;
  service: Deciding;
}

/** Papers that are marked in one step. */
const many = 10_000;

/**
 * Builds a library of each size, marks a fifth of it, and measures finding and deciding in the window
 * of the real program in a browser, and the service's share of it.
 * @param scratch an empty folder
 */
export async function measureWindow(
  scratch: string,
  sizes: readonly number[],
  say: (line: string) => void,
): Promise<WindowFigures[]> {
  const figures: WindowFigures[] = [];
  for (const size of sizes) {
    const folder = join(scratch, `window-${size}`);
    mkdirSync(folder, { mode: 0o700 });
    say(`building a library of ${size.toLocaleString('en')} papers and marking a fifth of it`);
    buildCorpus(folder, generatePapers(size), size);
    await measure('mark-library.ts', folder, String(size));
    say(`opening, searching and marking in ${size.toLocaleString('en')} papers`);
    const samples: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      samples.push((await measure<{ milliseconds: number }>('measure-opening.ts', folder)).milliseconds);
    }
    const window = await driveWindow(folder);
    const service = await measure<Deciding>('measure-deciding.ts', folder, String(many));
    // The first opening warms the file cache.
    figures.push({ papers: size, opening: median(samples.slice(1)), window, service });
    rmSync(folder, { recursive: true, force: true });
  }
  return figures;
}

function milliseconds(value: number): string {
  return `${value.toFixed(1)} ms`;
}

/** Median and 95th percentile, as a cell. */
function spread(samples: readonly number[]): string {
  return `${milliseconds(median(samples))}, ${milliseconds(percentile(samples, 0.95))}`;
}

function long(frames: readonly number[]): string {
  const over = frames.filter((frame) => frame > 32).length;
  return `${over} of ${frames.length}, longest ${milliseconds(Math.max(...frames))}`;
}

const megabytes = (value: number | null) => (value === null ? '?' : `${value.toFixed(0)} MB`);

/** One line a figure, one column a size, with a head. Pairs are median and 95th percentile. */
export function windowRows(figures: readonly WindowFigures[]): string[][] {
  const row = (label: string, cell: (figure: WindowFigures) => string, target: string) => [
    label,
    ...figures.map(cell),
    target,
  ];
  const ratio = (value: (figure: WindowFigures) => number) => {
    const [first, last] = [figures[0], figures.at(-1)];
    return first && last && first !== last ? `${(value(last) / value(first)).toFixed(2)}× the smallest` : '';
  };
  const allViews = ({ window }: WindowFigures) => Object.values(window.views).flat();
  const views = Object.keys(figures[0]?.window.views ?? {});
  return [
    ['p50, p95', ...figures.map(({ papers }) => `${papers.toLocaleString('en')} papers`), 'target'],
    row('key press to painted rows, typing', ({ window }) => spread(window.typing), '50 ms; 100 ms at a million'),
    row('the service’s share of it', ({ service }) => spread(service.typing.ours), ''),
    row('bare FTS5, the same words ranked', ({ service }) => spread(service.typing.bare), ''),
    row('opening a view', (figure) => spread(allViews(figure)), `1.5×: ${ratio((each) => median(allViews(each)))}`),
    ...views.map((view) =>
      row(
        `  ${view}`,
        ({ window }) => spread(window.views[view] ?? []),
        ratio(({ window }) => median(window.views[view] ?? [])),
      ),
    ),
    row('frames over 32 ms, through the whole list', ({ window }) => long(window.scrolling.whole.frames), 'none'),
    row('frames over 32 ms, three rows a frame', ({ window }) => long(window.scrolling.rows.frames), 'none'),
    row(
      'rows still blank in a frame, three rows a frame',
      ({ window }) => `${(100 * window.scrolling.rows.blankShare).toFixed(1)} %`,
      '',
    ),
    row('marking one paper, in the window', ({ window }) => spread(window.marking), ''),
    row(
      'marking one paper, the service',
      ({ service }) => spread(service.marking.one),
      `8 ms; 1.5×: ${ratio(({ service }) => median(service.marking.one))}`,
    ),
    row('bare append and fsync', ({ service }) => spread(service.marking.append), ''),
    row(
      `marking ${many.toLocaleString('en')} at once`,
      ({ service }) => `${spread(service.marking.many)}${service.marked < many ? ` (${service.marked})` : ''}`,
      '150 ms',
    ),
    row('  and until the counts follow', ({ service }) => spread(service.marking.counted), ''),
    row('undoing that', ({ service }) => spread(service.marking.undoMany), ''),
    row(
      'starting: service and first screenful',
      ({ opening }) => milliseconds(opening),
      ratio(({ opening }) => opening),
    ),
    row('memory of the service', ({ window }) => megabytes(window.memory.service), ''),
    row(
      'memory of the page',
      ({ window }) => `${megabytes(window.memory.page)}, heap ${megabytes(window.memory.pageHeap)}`,
      '',
    ),
  ];
}
