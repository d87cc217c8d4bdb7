import { findIds } from './find-ids.ts';
import type { Importer } from './importer.ts';
import { notOfFormat } from './not-of-format.ts';
import { linesOf } from './text-lines.ts';

const label = 'a list of arXiv ids or links';

/** Longest line that is looked at, in UTF-16 units. */
const longestLine = 20_000;

/** A line that stands for no paper: empty, a heading, a rule, the head of a Markdown table, a comment. */
function isBetween(line: string): boolean {
  return !/[\p{L}\p{N}]/u.test(line) || /^\s{0,8}(?:#|%|\/\/|<!--)/.test(line) || /^[^\d/]{1,60}:\s*$/.test(line);
}

/** How many letters and digits a text has. */
function substance(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

/**
 * Lists of arXiv ids, DOIs or links to papers, one or several in a line: from the clipboard, a
 * message, a Markdown list. Nothing else of such papers is known yet: see `placeholder-title.ts`.
 */
export const idList: Importer = {
  format: 'arxiv-ids',
  label,

  recognise(beginning, whole) {
    if (/^\s*[<{]/.test(beginning)) return 0;
    const lines = beginning.slice(0, 32 * 1024).split('\n');
    if (!whole || beginning.length > 32 * 1024) lines.pop();
    let [withIds, without, inIds, besides] = [0, 0, 0, 0];
    for (const line of lines) {
      if (isBetween(line)) continue;
      const { ids, rest } = findIds(line.slice(0, longestLine));
      if (ids.length === 0) without += 1;
      else withIds += 1;
      const left = substance(rest);
      inIds += substance(line) - left;
      // A few words beside each id are what people write; a text that mentions ids has many.
      besides += Math.max(0, left - ids.length * 60);
    }
    if (withIds === 0) return 0;
    if (without <= withIds * 0.25 && besides <= inIds * 0.25) return 0.8;
    // Each line without an id will be named in the preview.
    return without <= withIds && besides <= inIds ? 0.3 : 0;
  },

  async *read(file) {
    // The table of LaTeX commands, which titles may be written in, takes long to load.
    const { recordOfId } = await import('./id-list-record.ts');
    let beginning = '';
    let found = false;
    for await (const lines of linesOf(file, longestLine)) {
      for (const { number, text } of lines) {
        if (beginning.length < 10_000) beginning += `${text}\n`;
        if (isBetween(text)) continue;
        const where = `line ${number}`;
        const { ids } = findIds(text);
        if (ids.length === 0) yield { kind: 'skipped', where, reason: 'it names no arXiv id and no DOI' };
        for (const id of ids) {
          found = true;
          yield recordOfId(id, where);
        }
      }
    }
    if (!found) throw notOfFormat(file.name, label, beginning);
  },
};
