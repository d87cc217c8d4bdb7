import { useId, useState } from 'react';
import type { Copies } from '../../shared/backup.ts';
import { FolderForm } from '../folders/folder-form.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { WarningIcon } from '../icons/icons.tsx';
import type { Outcome } from '../state/keeping.ts';
import { momentInWords } from './words.ts';
import './copies-form.css';

const everyWords = { day: 'every day', week: 'every week' } as const;
/** How many copies there are to choose from. */
const numbers = [3, 5, 7, 10, 14, 30, 52];

/** Backups that are made by the clock: whether, where, how often, and how the last one went. */
export function CopiesForm() {
  const { session } = useSession();
  const copies = useApp((state) => state.library?.settings.copies ?? null);
  const isReadOnly = useApp((state) => (state.library?.readOnly ?? null) !== null);
  const [editing, setEditing] = useState(false);
  const [told, setTold] = useState<Outcome | null>(null);

  async function save(wanted: Copies | null): Promise<void> {
    const outcome = await session.keeping.copies(wanted);
    setTold(outcome);
    if ('done' in outcome) setEditing(false);
  }

  return (
    <section aria-labelledby="backups-copies">
      <h3 id="backups-copies">Automatic backups</h3>
      {editing ? (
        <CopiesFields
          copies={copies}
          problem={told && 'problem' in told ? told.problem : null}
          onSave={(wanted) => void save(wanted)}
          onCancel={() => {
            setTold(null);
            setEditing(false);
          }}
        />
      ) : (
        <>
          {copies === null ? (
            <p className="backups-lead">
              Offprint can write a backup every day or week, into a folder of your choice, and keep the last ones.
            </p>
          ) : (
            <CopiesState copies={copies} />
          )}
          <p className="backups-buttons">
            <button
              type="button"
              className="button"
              disabled={isReadOnly}
              onClick={() => {
                setTold(null);
                setEditing(true);
              }}
            >
              {copies === null ? 'Turn on…' : 'Change…'}
            </button>
            {copies !== null && (
              <button type="button" className="button" disabled={isReadOnly} onClick={() => void save(null)}>
                Turn off
              </button>
            )}
            {/* Always there, so that a screen reader hears what comes into it. */}
            <span role="status" className="quiet">
              {told && 'done' in told && told.done}
            </span>
          </p>
          {told && 'problem' in told && (
            <p className="form-problem" role="alert">
              {told.problem}
            </p>
          )}
        </>
      )}
    </section>
  );
}

function CopiesState({ copies }: { copies: Copies }) {
  const { session } = useSession();
  const lastAt = useApp((state) => state.library?.copies.lastAt ?? null);
  const trouble = useApp((state) => state.library?.copies.trouble ?? null);
  return (
    <>
      <p className="backups-lead">
        Written {everyWords[copies.every]} into <span className="path-in-text">{copies.folder}</span>.{' '}
        {copies.keep === 1 ? 'Only the last one stays.' : `The last ${copies.keep} stay.`}
      </p>
      {trouble === null ? (
        <p className="backups-lead">
          {lastAt === null
            ? 'None has been written yet.'
            : `The last one was written ${momentInWords(lastAt, Date.now())}.`}
        </p>
      ) : (
        <div className="backups-trouble" role="alert">
          <WarningIcon />
          <p>{trouble}</p>
          <button type="button" className="button small" onClick={() => void session.keeping.retryCopy()}>
            Retry
          </button>
        </div>
      )}
    </>
  );
}

interface CopiesFieldsProps {
  copies: Copies | null;
  problem: string | null;
  onSave(copies: Copies): void;
  onCancel(): void;
}

function CopiesFields({ copies, problem, onSave, onCancel }: CopiesFieldsProps) {
  const [every, setEvery] = useState<Copies['every']>(copies?.every ?? 'day');
  const [keep, setKeep] = useState(copies?.keep ?? 7);
  const id = useId();

  return (
    <FolderForm
      label="Into the folder"
      folder={copies?.folder ?? null}
      problem={problem}
      onSave={(folder) => onSave({ folder, every, keep })}
      onCancel={onCancel}
    >
      <div className="copies-choices">
        <label htmlFor={`${id}-every`}>Write one</label>
        <select
          id={`${id}-every`}
          className="select"
          value={every}
          onChange={({ target }) => setEvery(target.value === 'week' ? 'week' : 'day')}
        >
          <option value="day">every day</option>
          <option value="week">every week</option>
        </select>
        <label htmlFor={`${id}-keep`}>and keep the last</label>
        <select
          id={`${id}-keep`}
          className="select"
          value={keep}
          onChange={({ target }) => setKeep(Number(target.value))}
        >
          {[...new Set([...numbers, keep])]
            .toSorted((a, b) => a - b)
            .map((number) => (
              <option key={number}>{number}</option>
            ))}
        </select>
      </div>
    </FolderForm>
  );
}
