import { stat } from 'node:fs/promises';
import { shell } from 'electron';

const outwardProtocols = new Set(['http:', 'https:', 'mailto:']);

/** Longest address handed to the system; some systems cut longer ones off in the middle. */
const longestAddress = 2000;

/** What a link to a mail may fill in. Some mail programs attach a file that a link names, or send to further people. */
const mailFields = new Set(['subject', 'body']);

/**
 * The address to hand to the system for a link of the page, written anew by the parser, or null when it is none that
 * leaves Offprint: only http, https and mailto, no name or password before the host, which serves to make one site
 * look like another, and no control character, which parsers disagree about. A mail has one line for each field but
 * its text, and nothing attached.
 */
export function outwardAddress(link: string): string | null {
  if (link.length > longestAddress || /\p{Cc}/u.test(link)) return null;
  const url = URL.parse(link);
  if (url === null || !outwardProtocols.has(url.protocol)) return null;
  if (url.username !== '' || url.password !== '') return null;
  if (url.protocol === 'mailto:' && !isPlainMail(url)) return null;
  return url.href.length <= longestAddress ? url.href : null;
}

function isPlainMail(url: URL): boolean {
  // A mail's address has neither; whoever reads it otherwise than the parser finds a host, or a file.
  if (/[/\\]/.test(url.pathname) || /%(0|1|7f)/i.test(url.pathname)) return false;
  return [...url.searchParams].every(
    ([name, value]) => mailFields.has(name.toLowerCase()) && (name.toLowerCase() === 'body' || !/\p{Cc}/u.test(value)),
  );
}

/** Opens a link in the reader's browser or mail program; does nothing with any other address. */
export function openOutside(link: string): void {
  const address = outwardAddress(link);
  if (address === null) return;
  shell.openExternal(address).catch(() => {
    process.stderr.write('Offprint: the system has no program to open this link with.\n');
  });
}

/**
 * Shows a folder of ours in the system's file manager; false where that cannot be done. Never called with a path of
 * the page's. What is no folder is not opened: the system would start it, were it a program.
 */
export async function showFolder(folder: string): Promise<boolean> {
  const isFolder = await stat(folder).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  // It answers with what went wrong, or with nothing.
  return isFolder && (await shell.openPath(folder).catch(() => 'refused')) === '';
}
