/**
 * Run in a process of its own: reads LaTeX out of an abstract full of it, and sets each fragment of the corpus once, as
 * the first time that it is met. Prints the milliseconds. In Node, without a page: what a browser needs to paint is
 * measured with the window.
 */
import { timed } from './statistics.ts';

let set: (latex: string, display: boolean) => unknown = () => null;
let read: (source: string, options: { repair: boolean }) => unknown = () => null;
let fragments: readonly string[] = [];

const loading = await timed(async () => {
  ({ setMathematics: set } = await import('../../renderer/mathematics/set-mathematics.ts'));
  ({ piecesOf: read } = await import('../../shared/reading/pieces.ts'));
});
({ fragments } = await import('../../renderer/mathematics/fragments-testing.ts'));

const setting: number[] = [];
let unset = 0;
for (const display of [false, true]) {
  for (const latex of fragments) {
    setting.push(
      await timed(() => {
        if (set(latex, display) === null) unset += 1;
      }),
    );
  }
}

const reading: number[] = [];
for (let at = 0; at < 300; at += 1) {
  const some = Array.from({ length: 20 }, (_, nth) => fragments[(at * 20 + nth) % fragments.length] ?? 'x');
  const abstract = some
    .map((latex) => `We show that the bound of $${latex}$ holds \\emph{uniformly}, for $5 a run.`)
    .join(' ');
  reading.push(await timed(() => read(abstract, { repair: true })));
}

process.stdout.write(JSON.stringify({ fragments: fragments.length, unset: unset / 2, loading, setting, reading }));
