import type { Paper } from '../../shared/paper.ts';
import { withKey } from '../frame/key-hint.tsx';
import { LinkedText } from '../text/linked-text.tsx';
import { MarkedText } from '../text/marked-text.tsx';
import { AuthorList } from './author-list.tsx';
import { PaperDetails } from './paper-details.tsx';
import { PaperFacts } from './paper-facts.tsx';

/** What the page of a paper can ask for. */
export interface PaperPageProps {
  paper: Paper;
  titleId: string;
  onEditTags(): void;
  /** Shows the papers of a source. */
  onSource(source: number): void;
  onNotice(message: string, kind: 'info' | 'error'): void;
}

/** A title that is only an id: the paper came from a list of ids and has no text yet. */
function hasNoText({ title, abstract }: Paper): boolean {
  return abstract === null && /^(?:arXiv|doi):\S+$/.test(title);
}

/** The page of a paper: title, authors, what is known of it, tags, abstract, and the details that came with it. */
export function PaperPage({ paper, titleId, onEditTags, onSource, onNotice }: PaperPageProps) {
  return (
    <article className="paper" aria-labelledby={titleId}>
      <h2 className="paper-title" id={titleId} dir="auto">
        <MarkedText text={paper.title} ranges={paper.titleMatches} />
      </h2>
      <AuthorList key={paper.id} authors={paper.authors} />
      <PaperFacts paper={paper} />
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
