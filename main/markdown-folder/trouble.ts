import { join, sep } from 'node:path';
import { imagesFolder } from '../../shared/note-images.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { systemCode } from '../store/durable-file.ts';
import { reasonOfCode } from '../store/system-reasons.ts';

/** What follows from trouble with the folder, as the reader is told it. */
export const laterOn = 'That will be tried again.';

/** Whether no other file can be written either. */
export function isHopeless(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'ENODEV', 'ESTALE', 'ENOTCONN'].includes(systemCode(error) ?? '');
}

/** What went wrong with a Markdown folder, one of its files or its pictures, as a sentence that names the place. */
export function troubleOf(error: unknown, folder: string): string {
  if (error instanceof OffprintError) return error.message;
  const code = systemCode(error);
  const reason = code === null ? String(error instanceof Error ? error.message : error) : reasonOfCode(code);
  const path = error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : folder;
  const { what, place } = placeOf(path, folder);
  return `${what} ${place} could not be brought up to date: ${reason}. ${laterOn}`;
}

function placeOf(path: string, folder: string): { what: string; place: string } {
  const pictures = join(folder, imagesFolder);
  const isPicture = path === pictures || (path.startsWith(`${pictures}${sep}`) && !/\.md$/i.test(path));
  if (isPicture) return { what: 'The folder of pictures', place: pictures };
  // The name of a half written file says nothing to anybody.
  if (path === folder || path.includes('.offprint-')) return { what: 'The Markdown folder', place: folder };
  return { what: 'The Markdown file', place: path };
}
