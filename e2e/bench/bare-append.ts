import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** The least that keeping something can cost: a file that a line is added to and fsynced. */
export interface BareFile {
  append(line: string): void;
  close(): void;
}

/** Opens a file for {@link BareFile.append}. */
export function openBareFile(path: string): BareFile {
  const file = openSync(path, 'a', 0o600);
  return {
    append(line) {
      writeSync(file, line);
      fsyncSync(file);
    },
    close: () => closeSync(file),
  };
}
