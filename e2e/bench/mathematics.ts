import { measure } from './measure.ts';
import { median, percentile } from './statistics.ts';

/** Times of one kind, in milliseconds. */
type Times = Record<'p50' | 'p95' | 'slowest', number>;

/** What reading and setting mathematics costs; see {@link measureMathematics}. */
export interface MathematicsFigures {
  fragments: number;
  /** How many of them are shown as they are written. */
  unset: number;
  /** Milliseconds until the code for it is there, once. */
  loading: number;
  setting: Times;
  reading: Times;
}

/** Measures what each fragment of the corpus costs to set the first time it is met, and an abstract full of them to read. */
export async function measureMathematics(say: (line: string) => void): Promise<MathematicsFigures> {
  say('setting the fragments of LaTeX, each once');
  const { fragments, unset, loading, setting, reading } = await measure<
    Record<'fragments' | 'unset' | 'loading', number> & Record<'setting' | 'reading', number[]>
  >('measure-mathematics.ts');
  return { fragments, unset, loading, setting: timesOf(setting), reading: timesOf(reading) };
}

function timesOf(samples: readonly number[]): Times {
  return { p50: median(samples), p95: percentile(samples, 0.95), slowest: Math.max(...samples) };
}

/** The figures as rows of a table, without its head. */
export function mathematicsRows({ fragments, unset, loading, setting, reading }: MathematicsFigures): string[][] {
  const ms = ({ p50, p95, slowest }: Times) => `${[p50, p95, slowest].map((time) => time.toFixed(2)).join(', ')} ms`;
  return [
    [`setting a formula for the first time (${fragments}): p50, p95, slowest`, ms(setting), '', '', 'each below 50 ms'],
    ['formulas shown as they are written', String(unset), String(fragments), '', 'below 1 %'],
    ['reading an abstract with 20 formulas: p50, p95, slowest', ms(reading), '', '', ''],
    ['loading what that needs, once', `${loading.toFixed(0)} ms`, '', '', ''],
  ];
}
