import { type Command, Option } from 'commander';
import { exportFormats } from '../../shared/export-formats.ts';
import { backUp, type RestoreOptions, restore } from './backups.ts';
import { type Declaring, refuseOptions } from './declaring.ts';
import { type ExportOptions, exportLibrary, wrongExport } from './export-library.ts';
import { type ImportOptions, importFiles, wrongFormat } from './import-files.ts';
import { parseName, parseNames } from './options.ts';
import type { CommonOptions } from './session.ts';

/** Declares the commands by which papers, or all there is, come from files and go to files. */
export function declareFiles({ command, inLibrary }: Declaring): void {
  command(
    'import',
    'FILE… [--dry-run] [--take-marks] [--format F] [--json]',
    'import files of any format, all in one go; Ctrl+C cancels',
  )
    .argument('<FILE...>', 'files, folders, - for standard input', parseNames)
    .option('--dry-run', 'say what would be imported, and write nothing')
    .option('--take-marks', 'make notes, tags, statuses and stars in the files yours where you have none')
    .addOption(new Option('--format <F>', 'the format, where it is not recognised').argParser(parseName))
    .option('--json', 'print JSON')
    .action(async (files: string[], options: ImportOptions, self: Command) => {
      const wrong = await wrongFormat(options);
      if (wrong !== null) self.error(`error: ${wrong}`);
      await inLibrary(options, (session) => importFiles(session, files, options));
    });

  command(
    'export',
    'FILE | [QUERY] [--format F] [-o FILE|FOLDER] [--no-notes]',
    'write papers in the format of other programs; everything to a FILE that any Offprint imports',
  )
    .argument('[FILE|QUERY...]', 'without options the file to write, - for standard output; with them what to export')
    .addOption(new Option('--format <F>', 'the format').choices(exportFormats.map(({ id }) => id)))
    .addOption(new Option('-o, --output <FILE|FOLDER>', 'where to, instead of standard output').argParser(parseName))
    .option('--no-notes', 'leave out notes, highlights, tags, statuses and stars')
    .allowUnknownOption()
    .action((words: string[], options: ExportOptions, self: Command) => {
      refuseOptions(words, self);
      const wrong = wrongExport(words, options);
      if (wrong !== null) self.error(`error: ${wrong}`);
      return inLibrary(options, (session) => exportLibrary(session, words, options));
    });

  command('backup', 'FILE|FOLDER', 'write everything into one new file, from which it can be restored anywhere')
    .argument('<FILE|FOLDER>', 'the file to write, or the folder to put one with the date into', parseName)
    .action((target: string, options: CommonOptions) => inLibrary(options, (session) => backUp(session, target)));

  command('restore', 'FILE [--dry-run]', 'make the library what a backup holds; what was there is backed up first')
    .argument('<FILE>', 'a file that `backup` or the window has written', parseName)
    .option('--dry-run', 'say what would come, go and change, and write nothing')
    .action((file: string, options: RestoreOptions) =>
      inLibrary(options, (session) => restore(session, file, options)),
    );
}
