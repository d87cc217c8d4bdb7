import type { PaperId } from '../../shared/paper.ts';
import type { NoteSaver } from './note-saver.ts';
import './note-conflict.css';

/** Asks which of two texts is the note: what was typed, which is shown under it, or what is saved. */
export function NoteConflict({ id, saved, saver }: { id: PaperId; saved: string; saver: NoteSaver }) {
  const choice = (which: Parameters<NoteSaver['decide']>[1], label: string) => (
    <button type="button" className="button small" onClick={() => void saver.decide(id, which)}>
      {label}
    </button>
  );
  return (
    <div className="note-conflict" role="alert">
      <p>Not saved: it was changed elsewhere, too.</p>
      <div className="note-conflict-choices">
        {choice('typed', 'Keep this text')}
        {choice('saved', 'Take the saved one')}
        {choice('both', 'Keep both')}
        <details>
          <summary>What is saved</summary>
          <p>{saved === '' ? 'Nothing: the note was deleted.' : saved}</p>
        </details>
      </div>
    </div>
  );
}
