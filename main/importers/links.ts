import type { PaperLink } from '../../shared/paper.ts';

const longestUrl = 2000;

/** Most links kept of one record. */
const mostLinks = 50;

const codeHosts = /(?:^|\.)(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|sourceforge\.net|sr\.ht)$|^gitlab\./;

function kindOf(url: URL): PaperLink['kind'] {
  const host = url.hostname.replace(/^www\./, '');
  const path = url.pathname;
  if (/\.pdf$/i.test(path)) return 'pdf';
  if (/(?:^|\.)arxiv\.org$/.test(host))
    return path.startsWith('/pdf/') ? 'pdf' : path.startsWith('/abs/') ? 'abstract' : 'other';
  if (/^(?:dx\.)?doi\.org$/.test(host)) return 'abstract';
  if (/^(?:huggingface\.co|hf\.co)$/.test(host)) {
    return path.startsWith('/papers/')
      ? 'abstract'
      : /^\/(?:datasets\/|spaces\/)?[^/]+\/[^/]+/.test(path)
        ? 'code'
        : 'other';
  }
  if (codeHosts.test(host)) return 'code';
  if (host === 'openreview.net') return path === '/pdf' ? 'pdf' : path === '/forum' ? 'abstract' : 'other';
  if (
    /(?:^|\.)(?:pubmed\.ncbi\.nlm\.nih\.gov|semanticscholar\.org|aclanthology\.org|inspirehep\.net|ui\.adsabs\.harvard\.edu)$/.test(
      host,
    )
  ) {
    return 'abstract';
  }
  return /\.(?:github|gitlab)\.io$/.test(host) ? 'project' : 'other';
}

const labels: Record<PaperLink['kind'], string> = {
  abstract: 'Abstract page',
  pdf: 'PDF',
  code: 'Code',
  project: 'Project page',
  other: '',
};

/**
 * A link as it came with a record.
 * @param text the address; `arxiv.org/abs/…` and `www.…` get a scheme
 * @param kind what the record says that it leads to; where it says nothing, the host tells
 * @param label what the record calls it; where it says nothing, its kind, or its host
 * @returns null when it is no http or https address, or one that carries a password
 */
export function linkOf(text: string, kind?: PaperLink['kind'], label?: string): PaperLink | null {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > longestUrl || /[\s\p{Cc}]/u.test(trimmed)) return null;
  const address = /^(?:www\.|(?:[a-z0-9-]+\.)+[a-z]{2,}\/)/i.test(trimmed) ? `https://${trimmed}` : trimmed;
  if (!/^https?:\/\/[^/]/i.test(address)) return null;
  const url = URL.parse(address);
  if (url === null || url.hostname === '' || url.username !== '' || url.password !== '') return null;
  if (url.href.length > longestUrl || !url.href.isWellFormed()) return null;
  const known = kind ?? kindOf(url);
  return { kind: known, label: label || labels[known] || url.hostname.replace(/^www\./, ''), url: url.href };
}

/** A link unless it is but the page of the paper's own arXiv id, which exports name where nothing else leads to it. */
export function linkBesideArxiv(address: string, arxivId: string | null): PaperLink | null {
  return arxivId !== null && address === `https://arxiv.org/abs/${arxivId}` ? null : linkOf(address);
}

/** The links that there are of `candidates`, each address once. */
export function linksOf(candidates: readonly (PaperLink | null)[]): PaperLink[] {
  const found = new Map<string, PaperLink>();
  for (const link of candidates) {
    if (link !== null && !found.has(link.url) && found.size < mostLinks) found.set(link.url, link);
  }
  return [...found.values()];
}
