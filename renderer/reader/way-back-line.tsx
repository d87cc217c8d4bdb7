import { withKey } from '../frame/key-hint.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { BackIcon } from '../icons/icons.tsx';
import { ShownWords } from '../text/shown-text.tsx';
import './way-back.css';

/** Over a paper that was gone to from another one: the way back to that. */
export function WayBackLine({ paperId }: { paperId: string }) {
  const { run } = useSession();
  const step = useApp((state) => state.wayBack.at(-1));
  if (step?.to !== paperId) return null;
  return (
    <p className="way-back">
      <button
        type="button"
        className="in-text"
        title={withKey('Back to the paper before', 'goBack')}
        onClick={() => run('goBack')}
      >
        <BackIcon />
        <span className="way-back-words">
          Back to <ShownWords text={step.title} />
        </span>
      </button>
    </p>
  );
}
