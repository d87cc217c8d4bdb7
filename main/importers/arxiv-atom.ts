import type { Importer } from './importer.ts';

const label = 'an arXiv feed';

/**
 * arXiv's answers and feeds: Atom as https://info.arxiv.org/help/api/user-manual.html describes
 * it, and the RSS of its daily listings. An answer that tells of an error is refused with what
 * arXiv says of it.
 */
export const arxivAtom: Importer = {
  format: 'arxiv-atom',
  label,

  recognise(beginning) {
    const root = /<(?:[\w-]{1,20}:)?(?:feed|rss|rdf)\b/i.exec(beginning.slice(0, 20_000));
    if (!root || !/^\s*<[?!a-z]/i.test(beginning)) return 0;
    return /\barxiv\.org\//i.test(beginning.slice(root.index)) ? 0.95 : 0;
  },

  async *read(file) {
    // The parser and the table of LaTeX commands take long to load.
    const { readFeed } = await import('./arxiv-atom-entries.ts');
    yield* readFeed(file, label);
  },
};
