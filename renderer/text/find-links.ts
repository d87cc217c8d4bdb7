import { safeHref } from './safe-href.ts';

/** A stretch `[from, to)` of a text, in UTF-16 units, that leads to `href`. */
export interface FoundLink {
  from: number;
  to: number;
  href: string;
}

// No repetition stands inside another and each starts only where a word starts, so that the time
// grows with the length of the text and with nothing else.
const patterns = [
  // An address; spaces, quotes, brackets, controls, direction marks and CJK punctuation end it.
  String.raw`(?<web>(?<![\p{L}\p{N}])https?:\/\/[^\s\p{C}<>"“”‘’「」『』、。，；：！？（）【】《》]+)`,
  // A repository, a preprint or a DOI at its own site, and any site that says it is on the web.
  String.raw`(?<site>(?<![\p{L}\p{N}./@-])(?:(?:www\.)?(?:github\.com|gitlab\.com|arxiv\.org\/(?:abs|pdf)|doi\.org)\/[\w.-]+(?:\/[^\s\p{C}<>"“”‘’]*)?|www\.(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?:\/[^\s\p{C}<>"“”‘’]*)?|[a-z0-9-]{1,39}\.github\.io(?:\/[^\s\p{C}<>"“”‘’]*)?))`,
  String.raw`(?<arxiv>(?<![\p{L}\p{N}])arxiv(?:: ?| )(?:\d{4}\.\d{4,5}|[a-z][a-z-]{1,20}(?:\.[A-Z]{2})?\/\d{7})(?:v\d{1,3})?(?![\p{L}\p{N}]))`,
  String.raw`(?<doi>(?<![\p{L}\p{N}./])(?:doi: ?)?10\.\d{4,9}\/[^\s\p{C}<>"“”‘’]+)`,
  String.raw`(?<mail>(?<![\w.+@-])[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?![\w@-]))`,
];
const linkPattern = new RegExp(patterns.join('|'), 'giu');

const sentenceEnd = new Set(`.,;:!?'*_~…`);
const opening: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

/**
 * Where an address that runs to the next space really ends: punctuation of the sentence around it
 * is not part of it, nor is a closing bracket that was opened before it.
 */
function endOfAddress(address: string): number {
  const unclosed: Record<string, number> = { '(': 0, '[': 0, '{': 0 };
  for (const character of address) {
    if (character in unclosed) unclosed[character] = (unclosed[character] ?? 0) + 1;
    const opened = opening[character];
    if (opened !== undefined) unclosed[opened] = (unclosed[opened] ?? 0) - 1;
  }
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address.charAt(end - 1);
    const opened = opening[last];
    if (opened === undefined ? !sentenceEnd.has(last) : (unclosed[opened] ?? 0) >= 0) break;
    if (opened !== undefined) unclosed[opened] = (unclosed[opened] ?? 0) + 1;
  }
  return end;
}

/** Address of a DOI's page. */
function doiAddress(doi: string): string {
  return `https://doi.org/${encodeURI(doi.toWellFormed()).replaceAll('#', '%23').replaceAll('?', '%3F')}`;
}

/** Address of an arXiv paper's abstract page. */
function arxivAddress(arxivId: string): string {
  return `https://arxiv.org/abs/${encodeURI(arxivId.toWellFormed()).replaceAll('#', '%23').replaceAll('?', '%3F')}`;
}

/**
 * Finds what a reader would follow in a text: addresses, repositories and sites written without `https://`, arXiv ids
 * after `arXiv:`, DOIs, and e-mail addresses.
 * @returns the links in order, none overlapping, each with an address that {@link safeHref} let through
 */
export function findLinks(text: string): FoundLink[] {
  const links: FoundLink[] = [];
  for (const match of text.matchAll(linkPattern)) {
    const groups = match.groups ?? {};
    const whole = match[0];
    const written = groups['arxiv'] || groups['mail'] ? whole : whole.slice(0, endOfAddress(whole));
    const href = safeHref(addressOf(groups, written));
    if (href !== null && written !== '') links.push({ from: match.index, to: match.index + written.length, href });
  }
  return links;
}

function addressOf(groups: Record<string, string | undefined>, written: string): string {
  if (groups['web']) return written;
  if (groups['site']) return `https://${written}`;
  if (groups['arxiv']) return arxivAddress(written.replace(/^arxiv:? ?/i, ''));
  if (groups['doi']) return doiAddress(written.replace(/^doi: ?/i, ''));
  return `mailto:${written}`;
}
