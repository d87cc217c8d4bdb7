import { type ComponentType, useEffect, useState } from 'react';
import type { NoteFieldProps } from './note-field.ts';

type RichField = ComponentType<NoteFieldProps>;

let loaded: RichField | null = null;

/** Loads the editor of notes. Never rejects: where it cannot be had, notes are written in a plain text field. */
export async function loadRichField(): Promise<void> {
  // Its styles come into the page in no other way that the page's policy lets pass.
  if (!('adoptedStyleSheets' in document)) return;
  await import('../editor/rich-note-field.tsx').then(
    ({ default: field }) => {
      loaded = field;
    },
    () => {},
  );
}

/** The editor of notes, loaded when first wanted. Null until it is there, and where it cannot be had. */
export function useRichField(): RichField | null {
  const [field, setField] = useState<RichField | null>(() => loaded);
  useEffect(() => {
    if (field) return;
    let dropped = false;
    void loadRichField().then(() => {
      if (!dropped) setField(() => loaded);
    });
    return () => {
      dropped = true;
    };
  }, [field]);
  return field;
}
