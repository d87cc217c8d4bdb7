import { type MouseEvent, type ReactNode, useContext, useState } from 'react';
import { imagesFolder } from '../../shared/note-images.ts';
import { paperLink } from '../../shared/offprint-links.ts';
import type { PaperId } from '../../shared/paper.ts';
import { NoteActionsContext } from '../notes/note-actions.ts';

/** A link to a paper of the library; only its words where it leads nowhere, as on paper. */
export function PaperLink({ id, children }: { id: PaperId; children: ReactNode }) {
  const actions = useContext(NoteActionsContext);
  if (!actions) return <span className="paper-link">{children}</span>;
  // A link and no button, which would stand in its line as a block. It never leaves the window by itself.
  const open = (event: MouseEvent) => {
    event.preventDefault();
    if (event.button === 0) actions.openPaper(id);
  };
  return (
    <a className="paper-link" href={paperLink(id)} title={id} onClick={open} onAuxClick={open}>
      {children}
    </a>
  );
}

/** A tag in a note, which shows the papers that have it. */
export function TagLink({ tag, children }: { tag: string; children: ReactNode }) {
  const actions = useContext(NoteActionsContext);
  if (!actions) return <span className="tag-link">{children}</span>;
  return (
    <button
      type="button"
      className="in-text tag-link"
      title={`Papers tagged ${tag}`}
      onClick={() => actions.showTag(tag)}
    >
      {children}
    </button>
  );
}

/** A picture that was pasted into a note. Where it is gone, the note says so. */
export function KeptPicture({ name, words }: { name: string; words: string }) {
  // By its name: that another one, which stood in its place before, was missing says nothing of this one.
  const [missing, setMissing] = useState<string | null>(null);
  if (missing === name) {
    return (
      <span className="picture-missing" role="img" aria-label={`Missing picture${words === '' ? '' : `: ${words}`}`}>
        {words === '' ? 'This picture is missing.' : `This picture is missing: ${words}`}
      </span>
    );
  }
  return (
    <img
      className="picture"
      // Beside the page, in either host.
      src={`${imagesFolder}/${name}`}
      alt={words}
      decoding="async"
      onError={() => setMissing(name)}
    />
  );
}
