/**
 * The commands of the command line, by the first word of each. The installed program and its wrapper scripts go by
 * this list: what begins with one of these words is no file to be opened in the window.
 */
export const commandNames = [
  'list',
  'explain',
  'views',
  'view',
  'show',
  'related',
  'cite',
  'status',
  'star',
  'unstar',
  'tag',
  'untag',
  'note',
  'notes',
  'generations',
  'import',
  'export',
  'backup',
  'restore',
  'sources',
  'duplicates',
  'merge',
  'undo',
  'redo',
  'doctor',
  'serve',
  'help',
] as const;

/** One of {@link commandNames}. */
export type CommandName = (typeof commandNames)[number];
