import { type Command, Option } from 'commander';
import { viewIcons } from '../../shared/views.ts';
import { type Declaring, refuseOptions } from './declaring.ts';
import { explain } from './explain.ts';
import { parseCount, parseName, parseSort } from './options.ts';
import { type ListOptions, listPapers } from './papers.ts';
import type { CommonOptions, JsonOptions } from './session.ts';
import { listView, listViews, removeView, type SaveViewOptions, saveView } from './views.ts';

const listUsage = '[--sort FIELD[:asc|:desc][,…]] [--limit N] [--offset N] [--json]';

/** Declares the commands that list papers: those that a query finds, and those of a view. */
export function declareLists({ terminal, command, commandOf, inLibrary }: Declaring): void {
  const list = command('list', `[QUERY] ${listUsage}`, 'list papers; QUERY is what the search box takes')
    .argument(
      '[QUERY...]',
      'words, "phrases", -not, OR, title:WORD, status:unread, tag:NAME, added:<2w, sort:-votes, …',
    )
    // A query may begin with -word, which only looks like an option.
    .allowUnknownOption();
  withListOptions(list).action((words: string[], options: ListOptions, self: Command) => {
    refuseOptions(words, self);
    return inLibrary(options, (session) => listPapers(session, 'all', words.join(' '), options));
  });

  command('explain', 'QUERY [--json]', 'print in words what a query is understood as')
    .argument('[QUERY...]', 'what the search box takes')
    .option('--json', 'print JSON: the query as a tree, too')
    .allowUnknownOption()
    .action((words: string[], options: JsonOptions, self: Command) => {
      refuseOptions(words, self);
      explain(terminal, words.join(' '), options);
    });

  command('views', '[--json]', 'list the views, and how many papers each holds')
    .option('--json', 'print JSON')
    .action((options: JsonOptions) => inLibrary(options, (session) => listViews(session, options)));

  const view = command('view', `NAME ${listUsage}`, 'list the papers of a view')
    .enablePositionalOptions()
    .argument('<NAME>', 'inbox, starred, …; a saved view; tag:NAME', parseName);
  withListOptions(view).action((name: string, options: ListOptions) =>
    inLibrary(options, (session) => listView(session, name, options)),
  );

  commandOf(view, 'view save', 'NAME QUERY [--icon ICON] [--sort FIELD[:asc|:desc][,…]]', 'save a query as a view')
    .argument('<NAME>', 'its name; a saved view of this name is replaced', parseName)
    .argument('<QUERY...>', 'what the search box takes')
    .addOption(new Option('--icon <ICON>', 'the picture that it has').choices(viewIcons))
    .addOption(sortOption())
    .allowUnknownOption()
    .action((name: string, words: string[], options: SaveViewOptions, self: Command) => {
      refuseOptions(words, self);
      const all = { ...view.opts<CommonOptions>(), ...options };
      return inLibrary(all, (session) => saveView(session, name, words.join(' '), options));
    });

  commandOf(view, 'view remove', 'NAME', 'remove a saved view; its papers stay')
    .argument('<NAME>', '', parseName)
    .action((name: string, options: CommonOptions) =>
      inLibrary({ ...view.opts<CommonOptions>(), ...options }, (session) => removeView(session, name)),
    );
}

function sortOption(): Option {
  return new Option('--sort <FIELD[:asc|:desc],...>', 'sort by one or more fields').argParser(parseSort);
}

function withListOptions(command: Command): Command {
  return command
    .addOption(sortOption())
    .addOption(new Option('--limit <N>', 'print at most N papers').argParser(parseCount))
    .addOption(new Option('--offset <N>', 'leave out the first N').argParser(parseCount).default(0))
    .option('--json', 'print JSON');
}
