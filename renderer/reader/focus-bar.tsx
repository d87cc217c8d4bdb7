import { type Status, statusLabels } from '../../shared/paper.ts';
import { withKey } from '../frame/key-hint.tsx';
import { CloseIcon, StarIcon, StatusIcon } from '../icons/icons.tsx';
import './focus-bar.css';

interface FocusBarProps {
  marks: { status: Status | null; starred: boolean } | null;
  onLeave(): void;
}

/** All that is left of the window around a paper that is shown alone: how it is marked, and the way out. */
export function FocusBar({ marks, onLeave }: FocusBarProps) {
  return (
    <div className="focus-bar">
      <p className="focus-marks" role="status">
        {marks?.status && (
          <>
            <StatusIcon status={marks.status} />
            <span>{statusLabels[marks.status]}</span>
          </>
        )}
        {marks?.starred && (
          <>
            <StarIcon filled />
            <span className="unseen">Starred</span>
          </>
        )}
      </p>
      <button
        type="button"
        className="icon-button"
        aria-label="Show the list"
        title={withKey('Show the list', 'focusMode')}
        onClick={onLeave}
      >
        <CloseIcon />
      </button>
    </div>
  );
}
