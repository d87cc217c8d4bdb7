import { type Command, Option } from 'commander';
import type { MarkChange } from '../../shared/contract.ts';
import type { Status } from '../../shared/paper.ts';
import type { CommandName } from './command-names.ts';
import type { Declaring } from './declaring.ts';
import { type MarkOptions, markPapers, whichPapers } from './marking.ts';
import { parseChosen, parseNames, parseStatus, parseTag } from './options.ts';

/** Declares the commands that mark papers, named by their ids or by a query. */
export function declareMarking({ command, inLibrary }: Declaring): void {
  const marking = (name: CommandName, usage: string, description: string) =>
    command(name, `${usage}ID… | --query QUERY`, description).addOption(
      new Option('--query <QUERY>', 'all papers that a query finds, instead of ids').argParser(parseChosen),
    );
  const mark = (self: Command, ids: readonly string[], options: MarkOptions, change: MarkChange) => {
    const which = whichPapers(ids, options);
    if (which === null) self.error('error: name papers by their ids, or by --query');
    return inLibrary(options, (session) => markPapers(session, which, change));
  };

  marking('status', 'STATUS ', 'mark papers unread, queued, reading, read or skipped')
    .argument('<STATUS>', 'the new status', parseStatus)
    .argument('[ID...]', '', parseNames)
    .action((status: Status, ids: string[] = [], options: MarkOptions, self: Command) =>
      mark(self, ids, options, { status }),
    );

  for (const [name, description, starred] of [
    ['star', 'star papers', true],
    ['unstar', 'take the star from papers', false],
  ] as const) {
    marking(name, '', description)
      .argument('[ID...]', '', parseNames)
      .action((ids: string[] = [], options: MarkOptions, self: Command) => mark(self, ids, options, { starred }));
  }

  for (const [name, description, field] of [
    ['tag', 'give papers a tag', 'addTags'],
    ['untag', 'take a tag from papers', 'removeTags'],
  ] as const) {
    marking(name, 'TAG ', description)
      .argument('<TAG>', 'a tag; `a/b` is nested in `a`', parseTag)
      .argument('[ID...]', '', parseNames)
      .action((tag: string, ids: string[] = [], options: MarkOptions, self: Command) =>
        mark(self, ids, options, { [field]: [tag] }),
      );
  }
}
