import { app } from 'electron';
import { commandLineOf } from '../opening/start-arguments.ts';

/**
 * Where the installed program begins: as its command line, or as its window. Only what is begun is loaded. Electron
 * waits for this file to be read to its end, and so for what it awaits, before it has a display, a dock icon or a
 * process for graphics: a command has come to its end by then.
 */
const commandLine = commandLineOf(process.argv, app.isPackaged);
if (commandLine === null) await import('./main.ts');
else await (await import('./command-line.ts')).runCommandLine(commandLine);
