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

const answers: number[] = [];
let importing = true;
async function askOn(): Promise<void> {
  for (let round = 0; importing; round += 1) {
    const query = queries[round % queries.length] ?? '';
    const asked = { view: query === '' ? 'inbox' : 'all', query, sort: [], limit: 50 };
    answers.push(
      await timed(async () => {
        const { result } = await library.handlers['list.open'](asked);
        await library.handlers['list.close']({ result });
      }),
    );
    // A pause as between two words of a reader who types without a break.
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

let papers = 0;
const asking = searching === 'searching' ? askOn() : Promise.resolve();
const milliseconds = await timed(async () => {
  const report = await library.importFiles([{ path: file, name: file }], {});
  papers = report.total.new;
  if (report.failures.length > 0) throw new Error(report.failures.map(({ reason }) => reason).join('\n'));
});
importing = false;
await asking;
await library.close();
process.stdout.write(
  `${JSON.stringify({
    milliseconds,
    papers,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    restingMegabytes: before,
    answers:
      answers.length === 0
        ? null
        : {
            count: answers.length,
            p50: percentile(answers, 0.5),
            p95: percentile(answers, 0.95),
            slowest: Math.max(...answers),
          },
  })}\n`,
);
