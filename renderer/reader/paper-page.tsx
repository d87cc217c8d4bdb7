import type { ComponentProps, ReactNode, Ref } from 'react';
import type { Paper } from '../../shared/paper.ts';
import { copiedPage } from '../text/copied-page.ts';
import { ShownWords } from '../text/shown-text.tsx';
import { type AbstractHandle, AbstractText } from './abstract-text.tsx';
import { AuthorList } from './author-list.tsx';
import { PaperDetails } from './paper-details.tsx';
import { PaperFacts } from './paper-facts.tsx';
import { PaperTags } from './paper-tags.tsx';

/** What the page of a paper can ask for. */
export interface PaperPageProps {
  paper: Paper;
  titleId: string;
  onEditTags(): void;
  /** Shows the papers with a tag. */
  onTag(tag: string): void;
  /** Shows the papers of a source. */
  onSource(source: number): void;
  onNotice(message: string, kind: 'info' | 'error'): void;
  /** What stands over the title, and at the end of the page. */
  around?: { before: ReactNode; after: ReactNode } | undefined;
  /** What the abstract needs besides. */
  reading: Omit<ComponentProps<typeof AbstractText>, 'ref' | 'paper' | 'onNotice'> & { handle: Ref<AbstractHandle> };
}

/** A title that is only an id: the paper came from a list of ids and has no text yet. */
function hasNoText({ title, abstract }: Paper): boolean {
  return abstract === null && /^(?:arXiv|doi):\S+$/.test(title);
}

/** The page of a paper: title, authors, what is known of it, tags, abstract, and the details that came with it. */
export function PaperPage({ paper, titleId, onEditTags, onTag, onSource, onNotice, around, reading }: PaperPageProps) {
  return (
    <article
      className="paper"
      aria-labelledby={titleId}
      onCopy={(event) => {
        const selection = document.getSelection();
        if (event.defaultPrevented || !selection || selection.rangeCount === 0) return;
        const text = copiedPage(selection.getRangeAt(0));
        if (text === null) return;
        event.clipboardData.setData('text/plain', text);
        event.preventDefault();
      }}
    >
      {around?.before}
      <h2 className="paper-title" id={titleId} dir="auto">
        <ShownWords text={paper.title} ranges={paper.titleMatches} />
      </h2>
      <AuthorList key={paper.id} authors={paper.authors} />
      <PaperFacts paper={paper} />
      <PaperTags key={`tags ${paper.id}`} tags={paper.tags} onTag={onTag} onEditTags={onEditTags} />
      {paper.abstract === null || paper.abstract.trim() === '' ? (
        <p className="no-abstract">
          {hasNoText(paper)
            ? 'Only its id is known so far. Import a file that has the paper, and its title and abstract come in here.'
            : 'This paper came without an abstract.'}
        </p>
      ) : (
        <Abstract paper={{ ...paper, abstract: paper.abstract }} onNotice={onNotice} {...reading} />
      )}
      <PaperDetails key={`details ${paper.id}`} paper={paper} onSource={onSource} onNotice={onNotice} />
      {around?.after}
    </article>
  );
}

function Abstract({
  handle,
  ...props
}: PaperPageProps['reading'] & Pick<ComponentProps<typeof AbstractText>, 'paper' | 'onNotice'>) {
  return <AbstractText key={`abstract ${props.paper.id}`} ref={handle} {...props} />;
}
