import { useEffect, useId, useRef, useState } from 'react';
import { useApp, useSession } from '../frame/session-context.ts';
import { isDesktop } from '../transport/ipc.ts';
import { exampleFolder } from './folders.ts';
import type { TypedFolder } from './use-folder.ts';
import './folder-field.css';

/** Only the desktop window has a dialog of the system's for folders. */
const hasChooser = isDesktop();

interface FolderFieldProps extends Pick<TypedFolder, 'folder' | 'setFolder' | 'problem'> {
  label: string;
  disabled?: boolean;
  /** Takes the focus as it comes. */
  focused?: boolean;
}

/** The absolute path of a folder: typed, or chosen in the system's own dialog where the program has one. */
export function FolderField({
  label,
  folder,
  setFolder,
  problem,
  disabled = false,
  focused = false,
}: FolderFieldProps) {
  const { session } = useSession();
  const id = useId();
  const dataFolder = useApp((state) => state.library?.dataFolder ?? '');
  const [asked, setAsked] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);

  async function choose(): Promise<void> {
    setAsked(true);
    try {
      const answer = await session.client.call('folder.choose', { at: folder === '' ? null : folder });
      if (answer.folder !== null) setFolder(answer.folder);
    } catch (error) {
      session.toasts.fail(error);
    } finally {
      setAsked(false);
    }
  }

  return (
    <div className="folder-field">
      <label className="form-label" htmlFor={id}>
        {label}
      </label>
      <span className="folder-line">
        <input
          ref={input}
          id={id}
          className="field"
          type="text"
          autoComplete="off"
          spellCheck={false}
          placeholder={exampleFolder(dataFolder)}
          value={folder}
          disabled={disabled}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : `${id}-problem`}
          onChange={({ target }) => setFolder(target.value)}
        />
        {hasChooser && (
          <button type="button" className="button" disabled={disabled || asked} onClick={() => void choose()}>
            Choose…
          </button>
        )}
      </span>
      {problem !== null && (
        <p id={`${id}-problem`} className="form-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
