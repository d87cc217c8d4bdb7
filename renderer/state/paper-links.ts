import type { Paper } from '../../shared/paper.ts';

/**
 * Where a paper is on the web: its abstract page on arXiv, else its DOI, else the first link that
 * came with it, else a search for its title on arXiv. Always http or https.
 */
export function webAddress(paper: Pick<Paper, 'arxivId' | 'doi' | 'links' | 'title'>): string {
  if (paper.arxivId !== null) return `https://arxiv.org/abs/${encodePath(paper.arxivId)}`;
  if (paper.doi !== null) return `https://doi.org/${encodePath(paper.doi)}`;
  const link = paper.links.map(({ url }) => url).find((url) => /^https?:\/\//i.test(url));
  if (link !== undefined) return link;
  const search = new URL('https://arxiv.org/search/');
  search.searchParams.set('searchtype', 'title');
  search.searchParams.set('query', paper.title);
  return search.href;
}

/** A link to cite the paper by, or null when it has none of its own. */
export function citationLink(paper: Pick<Paper, 'arxivId' | 'doi' | 'links' | 'title'>): string | null {
  const known = paper.arxivId !== null || paper.doi !== null || paper.links.length > 0;
  return known ? webAddress(paper) : null;
}

/** Encodes a path but keeps its slashes, which old arXiv ids and all DOIs have. */
function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
