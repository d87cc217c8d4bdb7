import type { Declaring } from './declaring.ts';
import { listDuplicates, listSources, mergePapers, type RemoveOptions, removeSource, turn } from './library-changes.ts';
import { parseName, parseNames, parseSource } from './options.ts';
import type { CommonOptions, JsonOptions } from './session.ts';

/** Declares the commands that say and change which papers there are and which are the same, and those that take back. */
export function declareChanges({ command, commandOf, inLibrary }: Declaring): void {
  const sources = command('sources', '[--json]', 'list where the papers came from')
    .enablePositionalOptions()
    .option('--json', 'print JSON')
    .action((options: JsonOptions) => inLibrary(options, (session) => listSources(session, options)));

  commandOf(sources, 'sources remove', 'ID [--dry-run]', 'remove a source and the papers that only it brought')
    .argument('<ID>', 'its number in the list of sources', parseSource)
    .option('--dry-run', 'say what would go, and write nothing')
    .action((source: number, options: RemoveOptions) =>
      // The folder may have been named before the word as well as after it.
      inLibrary({ ...sources.opts<CommonOptions>(), ...options }, (session) => removeSource(session, source, options)),
    );

  command('duplicates', '[--json]', 'list papers that may be the same')
    .option('--json', 'print JSON')
    .action((options: JsonOptions) => inLibrary(options, (session) => listDuplicates(session, options)));

  command('merge', 'ID ID…', 'make several papers one; the first one is kept')
    .argument('<ID>', '', parseName)
    .argument('<ID...>', '', parseNames)
    .action((first: string, others: string[], options: CommonOptions) =>
      inLibrary(options, (session) => mergePapers(session, [first, ...others])),
    );

  command('undo', '', 'take back the last change, whatever it was').action((options: CommonOptions) =>
    inLibrary(options, (session) => turn(session, 'history.undo')),
  );

  command('redo', '', 'do again what was taken back last').action((options: CommonOptions) =>
    inLibrary(options, (session) => turn(session, 'history.redo')),
  );
}
