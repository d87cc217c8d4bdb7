import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type MeasuredFormat, measuredFormats, writeGeneratedFile } from './generate-files.ts';
import { measure } from './measure.ts';

/** How long searches took, in milliseconds. */
interface Answers {
  count: number;
  p50: number;
  p95: number;
  slowest: number;
}

/** What one process that imported a file measured. */
interface Import {
  milliseconds: number;
  papers: number;
  peakMegabytes: number;
  restingMegabytes: number;
  /** Of searches meanwhile, and of the same before. */
  answers: Answers | null;
  answersBefore: Answers | null;
}

/** What one process measured that parsed and indexed the same file in a plain loop. */
interface BareImport {
  milliseconds: number;
  parsing: number;
  papers: number;
  peakMegabytes: number;
}

/** One format's figures: of the whole file, and of a tenth of it for how memory grows. */
export interface FormatFigures {
  format: MeasuredFormat;
  papers: number;
  ours: Import;
  bare: BareImport;
  tenth: Import;
}

/** What importing costs; see {@link measureImporting}. */
export interface ImportFigures {
  formats: FormatFigures[];
  /** An import into a library that is being searched all the while. */
  whileSearching: Import;
}

/**
 * Imports a generated file of each format into an empty library, each in a process of its own,
 * beside a plain loop that parses the same file and fills the same full-text table.
 * @param library a data folder with papers, copied, for the import under which papers are searched
 * @param scratch an empty folder for files that may be thrown away
 * @param papers how many papers a file holds
 */
export async function measureImporting(
  library: string,
  scratch: string,
  papers: number,
  say: (line: string) => void,
): Promise<ImportFigures> {
  const formats: FormatFigures[] = [];
  let runs = 0;
  const freshFolder = () => {
    runs += 1;
    const folder = join(scratch, `import-${runs}`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  };
  const inFreshFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
    const folder = freshFolder();
    try {
      return await work(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const tenth = Math.ceil(papers / 10);
  for (const format of measuredFormats) {
    say(`importing ${papers.toLocaleString('en')} papers as ${format}, beside a plain loop`);
    const [whole, small] = [join(scratch, `papers.${format}`), join(scratch, `tenth.${format}`)];
    await writeGeneratedFile(whole, format, papers);
    await writeGeneratedFile(small, format, tenth);
    formats.push({
      format,
      papers,
      // The BibTeX parser by itself takes the whole text at once, and longer than the patience of whoever waits.
      bare: await inFreshFolder((folder) =>
        measure<BareImport>('measure-bare-import.ts', folder, format === 'bibtex' ? small : whole, format),
      ),
      ours: await inFreshFolder((folder) => measure<Import>('measure-import.ts', folder, whole)),
      tenth: await inFreshFolder((folder) => measure<Import>('measure-import.ts', folder, small)),
    });
  }
  say('importing into a library that is searched all the while');
  const copy = freshFolder();
  cpSync(library, copy, { recursive: true });
  const whileSearching = await measure<Import>('measure-import.ts', copy, join(scratch, 'papers.ndjson'), 'searching');
  return { formats, whileSearching };
}

/** The figures as rows of a table, without its head. */
export function importRows({ formats, whileSearching }: ImportFigures): string[][] {
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
  const perSecond = ({ papers, milliseconds }: { papers: number; milliseconds: number }) =>
    `${Math.round(papers / (milliseconds / 1000)).toLocaleString('en')}/s`;
  const perPaper = ({ papers, milliseconds }: { papers: number; milliseconds: number }) => milliseconds / papers;
  const rows = formats.flatMap(({ format, papers, ours, bare, tenth }) => [
    [
      `import ${papers.toLocaleString('en')} papers, ${format}`,
      `${seconds(ours.milliseconds)}, ${perSecond(ours)}`,
      `${seconds(bare.milliseconds)}${bare.papers === papers ? '' : ` for ${bare.papers.toLocaleString('en')}`}, ${perSecond(bare)}; ${Math.round((bare.parsing / bare.milliseconds) * 100)} % of it parsing`,
      `${(perPaper(ours) / perPaper(bare)).toFixed(2)}× a paper`,
      format === 'bibtex' ? 'its parser' : '1.5×',
    ],
    [
      `memory of it, at most, ${format}`,
      `${ours.peakMegabytes.toFixed(0)} MB`,
      `${tenth.peakMegabytes.toFixed(0)} MB with ${tenth.papers.toLocaleString('en')}`,
      `${(ours.peakMegabytes / tenth.peakMegabytes).toFixed(2)}×`,
      '350 MB, flat',
    ],
  ]);
  const { answers, answersBefore: before } = whileSearching;
  if (answers && before) {
    rows.push([
      `search while importing, ${answers.count} searches`,
      `p50 ${answers.p50.toFixed(1)} ms, p95 ${answers.p95.toFixed(1)} ms, slowest ${answers.slowest.toFixed(0)} ms`,
      `p50 ${before.p50.toFixed(1)} ms, p95 ${before.p95.toFixed(1)} ms before it`,
      `${(answers.p95 / before.p95).toFixed(2)}× at p95`,
      'p95 100 ms',
    ]);
  }
  return rows;
}
