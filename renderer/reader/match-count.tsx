import { withKey } from '../frame/key-hint.tsx';
import { ChevronIcon } from '../icons/icons.tsx';
import type { Matches } from './use-matches.ts';

/** Where the reader stands among what was searched for, once they step through it, and the way on and back. */
export function MatchCount({ matches: { place, step } }: { matches: Matches }) {
  return (
    <div className="match-count" data-shown={place !== null}>
      {/* Always there, so that a screen reader hears what comes into it. */}
      <p role="status" className="count">
        {place && `${place.at + 1} of ${place.count}`}
      </p>
      {place && (
        <>
          <button
            type="button"
            className="icon-button"
            aria-label="Previous match"
            title={withKey('Previous match', 'previousMatch')}
            onClick={() => step(-1)}
          >
            <ChevronIcon className="pointing-up" />
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label="Next match"
            title={withKey('Next match', 'nextMatch')}
            onClick={() => step(1)}
          >
            <ChevronIcon className="pointing-down" />
          </button>
        </>
      )}
    </div>
  );
}
