import { Fragment, type ReactNode } from 'react';
import type { Paper } from '../../shared/paper.ts';
import { withKey } from '../frame/key-hint.tsx';
import { longDate, publishedDate, shortDate } from '../list/dates.ts';
import { webAddress } from '../state/paper-links.ts';
import { LinkedText, OutsideLink } from '../text/linked-text.tsx';
import { MarkedText } from '../text/marked-text.tsx';
import { AuthorList } from './author-list.tsx';

/** Sources named on the page; the tooltip has them all. */
const mostSources = 3;

/** The page of a paper: title, authors, what is known of it, tags and abstract. */
export function PaperPage({ paper, titleId, onEditTags }: { paper: Paper; titleId: string; onEditTags(): void }) {
  return (
    <article className="paper" aria-labelledby={titleId}>
      <h2 className="paper-title" id={titleId} dir="auto">
        <MarkedText text={paper.title} ranges={paper.titleMatches} />
      </h2>
      <AuthorList key={paper.id} authors={paper.authors} />
      <ul className="paper-facts">
        {factsOf(paper).map(([name, fact]) => (
          <li key={name}>{fact}</li>
        ))}
      </ul>
      <ul className="paper-tags" aria-label="Tags">
        {paper.tags.map((tag) => (
          <li key={tag} className="tag" dir="auto">
            {tag}
          </li>
        ))}
        <li>
          <button type="button" className="tag add" title={withKey('Tags', 'editTags')} onClick={onEditTags}>
            + tag
          </button>
        </li>
      </ul>
      {paper.abstract === null || paper.abstract.trim() === '' ? (
        <p className="no-abstract">This paper came without an abstract.</p>
      ) : (
        <div className="abstract">
          <LinkedText text={paper.abstract} ranges={paper.abstractMatches} />
        </div>
      )}
    </article>
  );
}

/** What is known of a paper, each fact with a name to tell it by. */
function factsOf(paper: Paper): [string, ReactNode][] {
  const { title, arxivId, doi, links, published, addedAt } = paper;
  const facts: [string, ReactNode][] = [];
  if (published !== null) facts.push(['published', publishedDate(published)]);
  if (arxivId !== null) facts.push(['arxiv', linkFor({ title, arxivId, doi: null, links: [] }, `arXiv:${arxivId}`)]);
  // The DOI that arXiv itself gives says the same as the arXiv id.
  const sameAsArxiv = arxivId !== null && /^10\.48550\/arxiv\./i.test(doi ?? '');
  if (doi !== null && !sameAsArxiv)
    facts.push(['doi', linkFor({ title, arxivId: null, doi, links: [] }, `doi:${doi}`)]);
  for (const link of links) {
    const words = link.label.trim() || new URL(link.url).host;
    facts.push([`link ${link.url} ${words}`, linkFor({ title, arxivId: null, doi: null, links: [link] }, words)]);
  }
  const sources = [...new Set(paper.sources.map(({ name }) => name))];
  if (sources.length > 0) facts.push(['sources', <SourceNames key="sources" names={sources} />]);
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

function linkFor(where: Parameters<typeof webAddress>[0], words: string): ReactNode {
  const href = webAddress(where);
  return (
    <OutsideLink href={href} title={href}>
      {words}
    </OutsideLink>
  );
}

function SourceNames({ names }: { names: readonly string[] }) {
  const more = names.length - mostSources;
  return (
    <span title={names.length > 1 ? names.join('\n') : undefined}>
      {names.slice(0, mostSources).map((name, index) => (
        <Fragment key={name}>
          {index > 0 && ', '}
          {name}
        </Fragment>
      ))}
      {more > 0 && ` and ${more} more`}
    </span>
  );
}
