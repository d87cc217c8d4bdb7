/**
 * Run in a process of its own: imports a file into a library and prints how long that took and
 * what memory it needed. With `searching`, asks the library for papers all the while and prints
 * how long the answers took.
 */
import { openLibrary } from '../../main/library.ts';
import { percentile, timed } from './statistics.ts';

const [folder = '', file = '', searching = ''] = process.argv.slice(2);

/** As a reader would ask while an import runs: common words, rare ones, a view. */
const queries = ['language models', 'retrieval ', '', 'title:learning', 'tool use -multimodal', 'vercablimi'];

const library = await openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: 'bench' });
const before = process.resourceUsage().maxRSS / 1024;

/** Asks on and on, with a pause as between two words of a reader who types without a break. */
async function askWhile(goesOn: (round: number) => boolean): Promise<number[]> {
  const answers: number[] = [];
  for (let round = 0; goesOn(round); round += 1) {
    const query = queries[round % queries.length] ?? '';
    const asked = { view: query === '' ? 'inbox' : 'all', query, sort: [], limit: 50 };
    answers.push(
      await timed(async () => {
        const { result } = await library.handlers['list.open'](asked);
        await library.handlers['list.close']({ result });
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return answers;
}

function summary(answers: readonly number[]) {
  if (answers.length === 0) return null;
  const slowest = Math.max(...answers);
  return { count: answers.length, p50: percentile(answers, 0.5), p95: percentile(answers, 0.95), slowest };
}

let papers = 0;
let importing = true;
const isSearching = searching === 'searching';
// One round to warm the page cache, then some to compare with.
if (isSearching) await askWhile((round) => round < queries.length);
const answersBefore = isSearching ? await askWhile((round) => round < 120) : [];
const asking = isSearching ? askWhile(() => importing) : Promise.resolve([]);
const milliseconds = await timed(async () => {
  const report = await library.importFiles([{ path: file, name: file }], {});
  papers = report.total.new;
  if (report.failures.length > 0) throw new Error(report.failures.map(({ reason }) => reason).join('\n'));
});
importing = false;
const answers = await asking;
await library.close();
process.stdout.write(
  `${JSON.stringify({
    milliseconds,
    papers,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    restingMegabytes: before,
    answers: summary(answers),
    answersBefore: summary(answersBefore),
  })}\n`,
);
