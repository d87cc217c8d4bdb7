import { placedIn } from '../../shared/highlighting/edit.ts';
import { type Paper, statusLabels, type TextRange } from '../../shared/paper.ts';
import { useApp } from '../frame/session-context.ts';
import { publishedDate } from '../list/dates.ts';
import { useMarkdown } from '../reader/use-markdown.ts';
import { webAddress } from '../state/paper-links.ts';
import type { PrintedPaper } from '../state/printing.ts';
import { ShownText, ShownWords } from '../text/shown-text.tsx';
import { NotesSheet } from './printed-notes.tsx';
import './print.css';

const noRanges: readonly TextRange[] = [];

/**
 * What the page prints instead of the window: each paper with its note, from the head of a sheet on. On the
 * screen nothing of it is seen; it is there from before the printing to its end.
 */
export function PrintedPapers() {
  const printed = useApp((state) => state.printed);
  const printedNotes = useApp((state) => state.printedNotes);
  if (printedNotes !== null) {
    return (
      <main className="printed" lang="en">
        <NotesSheet {...printedNotes} />
      </main>
    );
  }
  if (printed === null) return null;
  return (
    <main className="printed" lang="en">
      {printed.length === 0 && <p>No paper is open, so there is nothing to print.</p>}
      {printed.map(({ paper, note }) => (
        <Sheet key={paper.id} paper={paper} note={note} />
      ))}
    </main>
  );
}

function Sheet({ paper, note }: PrintedPaper) {
  const Markdown = useMarkdown(note !== '');
  const abstract = paper.abstract ?? '';
  const highlights = placedIn(abstract, paper.highlights).placed;
  return (
    <article className="printed-paper">
      <header>
        <h1 dir="auto">
          <ShownWords text={paper.title} />
        </h1>
        {paper.authors.length > 0 && (
          <p className="printed-authors" dir="auto">
            {paper.authors.join(', ')}
          </p>
        )}
        <ul className="printed-facts">
          {factsOf(paper).map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
        <ul className="printed-facts">
          {addressesOf(paper).map((address) => (
            <li key={address}>
              <a href={address}>{address}</a>
            </li>
          ))}
        </ul>
        <ul className="printed-facts printed-marks">
          {marksOf(paper).map((mark) => (
            <li key={mark}>{mark}</li>
          ))}
        </ul>
      </header>
      {abstract.trim() !== '' && (
        <section className="printed-abstract" dir="auto">
          <ShownText text={abstract} ranges={noRanges} highlights={highlights} links={false} />
        </section>
      )}
      {note.trim() !== '' && (
        <section className="printed-note">
          <h2>Note</h2>
          <div dir="auto">{Markdown ? <Markdown text={note} /> : <p className="printed-plain">{note}</p>}</div>
        </section>
      )}
    </article>
  );
}

/** When and where it appeared, and what it is known by. */
function factsOf({ published, updated, venue, journalReference, arxivId, doi, categories }: Paper): string[] {
  const where = [...new Set([venue, journalReference])].filter((name) => name !== null && name !== '');
  return [
    ...(published === null ? [] : [publishedDate(published)]),
    ...(updated === null || updated === published ? [] : [`revised ${publishedDate(updated)}`]),
    ...(where as string[]),
    ...(arxivId === null ? [] : [`arXiv:${arxivId}`]),
    ...(doi === null ? [] : [`doi:${doi}`]),
    ...(categories.length === 0 ? [] : [categories.join(', ')]),
  ];
}

/** Where it is on the web, written out: paper cannot be clicked. A mere search for its title is no address of it. */
function addressesOf(paper: Paper): string[] {
  const { arxivId, doi, links } = paper;
  const own = [
    ...(arxivId === null ? [] : [webAddress({ ...paper, doi: null, links: [] })]),
    ...(doi === null ? [] : [webAddress({ ...paper, arxivId: null, links: [] })]),
  ];
  return [...new Set([...own, ...links.map(({ url }) => url)])];
}

function marksOf({ status, starred, tags }: Paper): string[] {
  return [statusLabels[status], ...(starred ? ['★ Starred'] : []), ...tags.map((tag) => `#${tag}`)];
}
