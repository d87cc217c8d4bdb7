import type { ReactNode } from 'react';
import type { Paper, TextRange } from '../../shared/paper.ts';
import { longDate, publishedDate, shortDate } from '../list/dates.ts';
import { ShownText } from '../text/shown-text.tsx';
import type { PaperPageProps } from './paper-page.tsx';
import './paper-details.css';

const noRanges: readonly TextRange[] = [];

/** Sources named before the rest is folded away. */
const mostSources = 6;

/**
 * What came with a paper beside its abstract: a machine's summary marked as such, keywords, the
 * authors' remark, votes at capture, versions, where it came from, abstracts of before. Shows
 * nothing of what is not known.
 */
export function PaperDetails({ paper, onSource, onNotice }: Pick<PaperPageProps, 'paper' | 'onSource' | 'onNotice'>) {
  const details = detailsOf(paper, onSource, onNotice);
  return (
    <>
      {paper.summary !== null && (
        <section className="machine-summary" aria-label="Summary written by a machine">
          <h3>Summary written by a machine</h3>
          <ShownText text={paper.summary} ranges={noRanges} />
        </section>
      )}
      {details.length > 0 && (
        <dl className="paper-details">
          {details.map(([name, detail]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{detail}</dd>
            </div>
          ))}
        </dl>
      )}
      {paper.revisions.map(({ abstract, source, importedAt }) => (
        <details className="earlier-abstract" key={`${importedAt} ${abstract}`}>
          <summary>
            Earlier abstract, from {source}, {shortDate(importedAt, Date.now()).toLowerCase()}
          </summary>
          <div className="abstract">
            <ShownText text={abstract} ranges={noRanges} />
          </div>
        </details>
      ))}
    </>
  );
}

function detailsOf(
  paper: Paper,
  onSource: PaperPageProps['onSource'],
  onNotice: PaperPageProps['onNotice'],
): [string, ReactNode][] {
  const details: [string, ReactNode][] = [];
  if (paper.keywords.length > 0) details.push(['Keywords', paper.keywords.join(', ')]);
  if (paper.comment !== null) details.push(['Comment', paper.comment]);
  const votes = [counted(paper.votes, 'vote'), counted(paper.comments, 'comment')].filter((words) => words !== null);
  if (votes.length > 0) details.push(['At capture', votes.join(', ')]);
  if (paper.versions.length > 1 || (paper.versions.length === 1 && paper.versions[0]?.name !== 'v1')) {
    const named = ({ name, date }: Paper['versions'][number]) =>
      date === null ? name : `${name} (${publishedDate(date)})`;
    details.push(['Versions', paper.versions.map(named).join(', ')]);
  }
  if (paper.citationKey !== null) {
    details.push(['Citation key', <CitationKey key="key" text={paper.citationKey} onNotice={onNotice} />]);
  }
  if (paper.sources.length > 0) {
    details.push([
      paper.sources.length === 1 ? 'Source' : 'Sources',
      <Sources key="sources" {...{ paper, onSource }} />,
    ]);
  }
  return details;
}

function counted(count: number | null, noun: string): string | null {
  return count === null ? null : `${count.toLocaleString()} ${noun}${count === 1 ? '' : 's'}`;
}

function CitationKey({ text, onNotice }: { text: string; onNotice: PaperPageProps['onNotice'] }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      onNotice('Citation key copied', 'info');
    } catch {
      onNotice('The system did not let Offprint use the clipboard. Select the key and copy it by hand.', 'error');
    }
  };
  return (
    <>
      <code>{text}</code>{' '}
      <button type="button" className="in-text" aria-label={`Copy the citation key ${text}`} onClick={copy}>
        Copy
      </button>
    </>
  );
}

function Sources({ paper, onSource }: Pick<PaperPageProps, 'paper' | 'onSource'>) {
  const more = paper.sources.length - mostSources;
  const source = ({ id, name, formatLabel, importedAt, place }: Paper['sources'][number]) => (
    <li key={id}>
      <button type="button" className="in-text" title={`Show the papers of ${name}`} onClick={() => onSource(id)}>
        {name}
      </button>
      <span title={`${formatLabel}, imported ${longDate(importedAt)}`}>, {place}</span>
    </li>
  );
  return (
    <>
      <ul className="paper-sources">{paper.sources.slice(0, mostSources).map(source)}</ul>
      {more > 0 && (
        <details className="more-sources">
          <summary>and {more.toLocaleString()} more</summary>
          <ul className="paper-sources">{paper.sources.slice(mostSources).map(source)}</ul>
        </details>
      )}
    </>
  );
}
