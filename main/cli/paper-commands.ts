import { Option } from 'commander';
import { citationStyles } from '../../shared/export-formats.ts';
import { type CiteOptions, citePapers } from './cite.ts';
import type { Declaring } from './declaring.ts';
import { parseCount, parseName } from './options.ts';
import { showPaper } from './papers.ts';
import { listRelated, type RelatedOptions } from './related.ts';
import type { JsonOptions } from './session.ts';

/** Declares the commands that print what is known of a paper, what it is like, and how it is cited. */
export function declarePapers({ command, inLibrary }: Declaring): void {
  command('show', 'ID [--json]', 'print everything known of a paper, abstract and note included')
    .argument('<ID>', '', parseName)
    .option('--json', 'print JSON')
    .action((id: string, options: JsonOptions) => inLibrary(options, (session) => showPaper(session, id, options)));

  command('related', 'ID [--limit N] [--json]', 'list the papers of the library that are the most like one')
    .argument('<ID>', '', parseName)
    .option('--limit <N>', 'how many at most', parseCount)
    .option('--json', 'print JSON')
    .action((id: string, options: RelatedOptions) =>
      inLibrary(options, (session) => listRelated(session, id, options)),
    );

  command('cite', 'ID… [--style STYLE] [--html]', 'print papers as a style has them in a list of references')
    .argument('<ID...>', '')
    .addOption(
      new Option('--style <STYLE>', 'instead of the one in Settings').choices(citationStyles.map(({ id }) => id)),
    )
    .option('--html', 'print HTML, with italics and links')
    .action((ids: string[], options: CiteOptions) =>
      inLibrary(options, (session) => citePapers(session, ids, options)),
    );
}
