import type { Paper } from '../../shared/paper.ts';
import { LinkedText } from '../text/linked-text.tsx';
import { MarkedText } from '../text/marked-text.tsx';
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
}

/** A title that is only an id: the paper came from a list of ids and has no text yet. */
function hasNoText({ title, abstract }: Paper): boolean {
  return abstract === null && /^(?:arXiv|doi):\S+$/.test(title);
}

/** The page of a paper: title, authors, what is known of it, tags, abstract, and the details that came with it. */
export function PaperPage({ paper, titleId, onEditTags, onTag, onSource, onNotice }: PaperPageProps) {
  return (
    <article className="paper" aria-labelledby={titleId}>
      <h2 className="paper-title" id={titleId} dir="auto">
        <MarkedText text={paper.title} ranges={paper.titleMatches} />
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
        <div className="abstract">
          <LinkedText text={paper.abstract} ranges={paper.abstractMatches} />
        </div>
      )}
      <PaperDetails key={`details ${paper.id}`} paper={paper} onSource={onSource} onNotice={onNotice} />
    </article>
  );
}
