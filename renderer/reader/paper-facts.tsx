import type { ReactNode } from 'react';
import type { Paper, PaperLink } from '../../shared/paper.ts';
import { longDate, publishedDate, shortDate } from '../list/dates.ts';
import { webAddress } from '../state/paper-links.ts';
import { OutsideLink } from '../text/linked-text.tsx';

/** In which order links of each kind are shown. */
const order: readonly PaperLink['kind'][] = ['abstract', 'pdf', 'code', 'project', 'other'];

/** What is known of a paper in one line or two: dates, venue, ids, links, and when it was added. */
export function PaperFacts({ paper }: { paper: Paper }) {
  return (
    <ul className="paper-facts">
      {factsOf(paper).map(([name, fact]) => (
        <li key={name}>{fact}</li>
      ))}
    </ul>
  );
}

/** The facts, each with a name to tell it by. */
function factsOf(paper: Paper): [string, ReactNode][] {
  const { title, arxivId, doi, published, updated, venue, journalReference, addedAt } = paper;
  const facts: [string, ReactNode][] = [];
  if (published !== null) facts.push(['published', publishedDate(published)]);
  if (updated !== null && updated !== published) facts.push(['updated', `revised ${publishedDate(updated)}`]);
  const where = placeOf(venue, journalReference);
  if (where !== '') facts.push(['venue', <cite key="venue">{where}</cite>]);
  if (arxivId !== null) {
    facts.push([
      'arxiv',
      <span key="arxiv">
        {linkFor({ title, arxivId, doi: null, links: [] }, `arXiv:${arxivId}`)}
        {paper.categories.length > 0 && <Categories names={paper.categories} />}
      </span>,
    ]);
  } else if (paper.categories.length > 0) facts.push(['categories', paper.categories.join(', ')]);
  // The DOI that arXiv itself gives says the same as the arXiv id.
  const sameAsArxiv = arxivId !== null && /^10\.48550\/arxiv\./i.test(doi ?? '');
  if (doi !== null && !sameAsArxiv)
    facts.push(['doi', linkFor({ title, arxivId: null, doi, links: [] }, `doi:${doi}`)]);
  const links = paper.links.filter((link) => !saysTheSame(link, arxivId, doi));
  for (const link of links.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))) {
    const words = link.label.trim() || new URL(link.url).host;
    facts.push([`link ${link.url} ${words}`, linkFor({ title, arxivId: null, doi: null, links: [link] }, words)]);
  }
  const day = shortDate(addedAt, Date.now());
  const added = day === 'Today' || day === 'Yesterday' ? day.toLowerCase() : day;
  facts.push([
    'added',
    <time key="added" dateTime={new Date(addedAt).toISOString()} title={longDate(addedAt)}>
      added {added}
    </time>,
  ]);
  if (arxivId === null && doi === null) {
    facts.push(['find', linkFor({ title, arxivId, doi, links: [] }, 'Find on arXiv')]);
  }
  return facts;
}

/** A few stay together on one line. */
function Categories({ names }: { names: readonly string[] }) {
  return (
    <>
      {' '}
      <span className={names.length > 4 ? undefined : 'few-categories'}>[{names.join(', ')}]</span>
    </>
  );
}

/** A journal reference often begins with the name of the journal, which need not be said twice. */
function placeOf(venue: string | null, reference: string | null): string {
  if (venue === null || reference === null) return venue ?? reference ?? '';
  return reference.toLowerCase().includes(venue.toLowerCase()) ? reference : `${venue}, ${reference}`;
}

/** True for the abstract page that the arXiv id or the DOI leads to already. */
function saysTheSame({ kind, url }: PaperLink, arxivId: string | null, doi: string | null): boolean {
  if (kind !== 'abstract') return false;
  const { hostname, pathname } = new URL(url);
  if (/(?:^|\.)arxiv\.org$/.test(hostname)) {
    return arxivId !== null && pathname.replace(/v\d+$/, '') === `/abs/${arxivId}`;
  }
  return /(?:^|\.)doi\.org$/.test(hostname) && doi !== null && decoded(pathname).toLowerCase() === `/${doi}`;
}

/** A path as it is read; as it is written where that means nothing, as in `/100%`. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function linkFor(where: Parameters<typeof webAddress>[0], words: string): ReactNode {
  const href = webAddress(where);
  return (
    <OutsideLink href={href} title={href}>
      {words}
    </OutsideLink>
  );
}
