import { shell } from 'electron';

const outwardProtocols = new Set(['http:', 'https:', 'mailto:']);

/** Longest address handed to the system; some systems cut longer ones off in the middle. */
const longestAddress = 2000;

/**
 * The address to hand to the system for a link of the page, written anew by the parser, or null
 * when it is none that leaves Offprint: only http, https and mailto, and no name or password
 * before the host, which serves to make one site look like another.
 */
export function outwardAddress(link: string): string | null {
  const url = URL.parse(link);
  if (url === null || !outwardProtocols.has(url.protocol)) return null;
  if (url.username !== '' || url.password !== '') return null;
  return url.href.length <= longestAddress ? url.href : null;
}

/** Opens a link in the reader's browser or mail program; does nothing with any other address. */
export function openOutside(link: string): void {
  const address = outwardAddress(link);
  if (address === null) return;
  shell.openExternal(address).catch(() => {
    process.stderr.write('Offprint: the system has no program to open this link with.\n');
  });
}

/** Shows a folder of ours in the system's file manager; false where that cannot be done. Never called with a path of the page's. */
export async function showFolder(folder: string): Promise<boolean> {
  // It answers with what went wrong, or with nothing.
  return (await shell.openPath(folder).catch(() => 'refused')) === '';
}
