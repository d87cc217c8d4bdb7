import type { MarkChange } from '../../shared/contract.ts';
import type { Status } from '../../shared/paper.ts';
import { withKey } from '../frame/key-hint.tsx';
import { BackIcon, StarIcon, TagIcon, WebIcon } from '../icons/icons.tsx';
import { StatusControl } from './status-control.tsx';
import './toolbar.css';

interface ToolbarProps {
  /** What the controls show and change: one paper, several at once, or nothing. */
  marks: { status: Status | null; starred: boolean } | null;
  /** Where the paper is on the web, or null. */
  address: string | null;
  covering: boolean;
  onMark(change: MarkChange): void;
  onEditTags(): void;
  onBack(): void;
}

/** The bar over the page: where the reader stands with the paper. */
export function Toolbar({ marks, address, covering, onMark, onEditTags, onBack }: ToolbarProps) {
  return (
    <div className="reader-bar">
      {covering && (
        <button
          type="button"
          className="icon-button"
          aria-label="Back to the list"
          title={withKey('Back to the list', 'backToList')}
          onClick={onBack}
        >
          <BackIcon />
        </button>
      )}
      {marks && (
        <>
          <StatusControl status={marks.status} onChoose={(status) => onMark({ status })} />
          <div className="reader-actions">
            <button
              type="button"
              className="icon-button star"
              aria-label="Star"
              aria-pressed={marks.starred}
              title={withKey(marks.starred ? 'Remove the star' : 'Star', 'toggleStar')}
              onClick={() => onMark({ starred: !marks.starred })}
            >
              <StarIcon filled={marks.starred} />
            </button>
            <button
              type="button"
              className="icon-button"
              aria-label="Tags"
              title={withKey('Tags', 'editTags')}
              onClick={onEditTags}
            >
              <TagIcon />
            </button>
            {address !== null && (
              <a
                className="icon-button"
                href={address}
                target="_blank"
                rel="noopener noreferrer"
                aria-label="Open on the web"
                title={withKey('Open on the web', 'openOnWeb')}
              >
                <WebIcon />
              </a>
            )}
          </div>
        </>
      )}
    </div>
  );
}
