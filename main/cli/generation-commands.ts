import { Option } from 'commander';
import type { Declaring } from './declaring.ts';
import {
  listGenerations,
  type RestoreGenerationOptions,
  restoreGeneration,
  type ShowGenerationOptions,
  showGeneration,
  takeGeneration,
} from './generations.ts';
import { parseName, parseNames } from './options.ts';
import type { CommonOptions, JsonOptions } from './session.ts';

/** Declares `generations`, which lists earlier states, and what is done with one of them. */
export function declareGenerations({ program, commandOf, inLibrary }: Declaring): void {
  const generations = commandOf(program, 'generations', '[--json]', 'list the earlier states that are kept')
    .enablePositionalOptions()
    .option('--json', 'print JSON')
    .action((options: JsonOptions) => inLibrary(options, (session) => listGenerations(session, options)));
  // The folder may have been named before the word as well as after it.
  const within = <T extends CommonOptions>(options: T) => ({ ...generations.opts<CommonOptions>(), ...options });

  commandOf(generations, 'generations take', '[--json]', 'keep the state of now')
    .option('--json', 'print JSON')
    .action((options: JsonOptions) => inLibrary(within(options), (session) => takeGeneration(session, options)));

  commandOf(generations, 'generations show', 'ID [--find TEXT] [--json]', 'say how an earlier state differs from now')
    .argument('<ID>', 'its name in the list', parseName)
    .addOption(new Option('--find <TEXT>', 'only papers with this in their title or note'))
    .option('--json', 'print JSON, with every note whole')
    .action((id: string, options: ShowGenerationOptions) =>
      inLibrary(within(options), (session) => showGeneration(session, id, options)),
    );

  commandOf(
    generations,
    'generations restore',
    'ID [--paper ID]… [--dry-run]',
    'make marks, notes, tags, views and merges what they were; undo takes it back',
  )
    .argument('<ID>', 'its name in the list', parseName)
    .addOption(new Option('--paper <ID>', 'only this paper; may be repeated').argParser(parseNames))
    .option('--dry-run', 'say what would change, and write nothing')
    .action((id: string, options: RestoreGenerationOptions) =>
      inLibrary(within(options), (session) => restoreGeneration(session, id, options)),
    );
}
