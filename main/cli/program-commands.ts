import { Option } from 'commander';
import { defaultAddress } from '../serve/address.ts';
import type { Declaring } from './declaring.ts';
import { type DoctorOptions, doctor } from './doctor.ts';
import { handOver } from './hand-over.ts';
import { type OpenOptions, openThings } from './open.ts';
import { parseAddress, parseNames, parsePort } from './options.ts';
import type { ServeOptions } from './serve.ts';
import type { CommonOptions } from './session.ts';

/** Declares the commands about the data folder as a whole and about the window that serves it. */
export function declareProgram({ program, terminal, command, inLibrary, setCode }: Declaring): void {
  command('doctor', '[--repair] [--json]', 'look at everything in the data folder, and say what is amiss')
    .option('--repair', 'do what can be done about it, and say what was done')
    .option('--json', 'print JSON')
    .action(async (options: DoctorOptions) => {
      setCode(await doctor(terminal, options.dataDir ?? program.opts<CommonOptions>().dataDir, options));
    });

  command('serve', '[--port N] [--host ADDRESS] [--no-open] [--json]', 'serve the window to a browser on this machine')
    .addOption(new Option('--port <N>', 'the port to listen on').argParser(parsePort).default(0, 'any that is free'))
    .addOption(
      new Option(
        '--host <ADDRESS>',
        'the address of this machine to listen on; others reach it unless it is a loopback one',
      )
        .argParser(parseAddress)
        .default(defaultAddress),
    )
    .option('--no-open', 'do not open the browser')
    .option('--json', 'print one line of JSON when ready')
    .action(async (options: ServeOptions) => {
      // Loaded while the library opens, which mostly waits for other threads and the disk.
      const serving = import('./serve.ts');
      serving.catch(() => {});
      try {
        await inLibrary(
          options,
          async (session) => {
            const { serve } = await serving;
            return serve(session, options);
          },
          'serve',
        );
      } catch (error) {
        if (!(await handOver(error, options, terminal))) throw error;
      }
    });

  command('open', 'LINK|FILE… [--no-open]', 'show papers, searches and files in the window that serves this library')
    .argument('<LINK|FILE...>', 'offprint://paper/ID, offprint://search?q=QUERY, files and folders', parseNames)
    .option('--no-open', 'do not open the browser where no page is open')
    .action(async (things: string[], options: OpenOptions) => {
      setCode(await openThings(terminal, things, { ...program.opts<CommonOptions>(), ...options }));
    });
}
