import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { type ImageType, imagesFolder, imageTypeOf } from '../../shared/note-images.ts';
import { largestImage } from '../../shared/notes-calls.ts';
import { failureOf } from '../../shared/outcome.ts';
import { toBase64 } from '../commands/base64.ts';
import type { NoteActions } from '../notes/note-actions.ts';

/** The files among what is pasted or dropped that may be pictures. */
function picturesIn(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
}

/** What a picture is called in a note: its file's name without what it ends in, unless the system made that up. */
function wordsFor({ name }: File): string {
  const stem = name
    .replace(/\.\w+$/, '')
    .replaceAll(/[[\]\\\n]/g, ' ')
    .trim();
  return /^(?:image|clipboard|unnamed)?$/i.test(stem) ? '' : stem;
}

/** Keeps a picture in the library. @returns what the note says of it, or null after the reader was told why not */
async function kept(file: File, actions: NoteActions): Promise<string | null> {
  const tell = (why: string) => {
    actions.onNotice(why, 'error');
    return null;
  };
  if (file.size > largestImage) return tell('This picture is too large for a note: 10 MB is the most.');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const type: ImageType | null = imageTypeOf(bytes);
  if (type === null) return tell('Notes can hold PNG, JPEG, GIF and WebP pictures. This one is something else.');
  try {
    const { name } = await actions.client.call('images.keep', { type, base64: toBase64(bytes) });
    return `![${wordsFor(file)}](${imagesFolder}/${name})`;
  } catch (error) {
    return tell(`The picture could not be kept. ${failureOf(error).message}`);
  }
}

/** Keeps pictures one after the other, and writes each where the caret is by then, on a line of its own. */
async function insert(view: EditorView, files: readonly File[], actions: NoteActions): Promise<void> {
  for (const file of files) {
    const said = await kept(file, actions);
    if (said === null) continue;
    if (!view.dom.isConnected) {
      actions.onNotice('The picture came too late for the note. Paste it again.', 'error');
      return;
    }
    const { from, to } = view.state.selection.main;
    const line = view.state.doc.lineAt(from);
    const before = line.text.slice(0, from - line.from).trim() === '' ? '' : '\n';
    const written = `${before}${said}\n`;
    view.dispatch({
      changes: { from, to, insert: written },
      selection: { anchor: from + written.length },
      scrollIntoView: true,
      userEvent: 'input.paste',
    });
  }
}

/** Takes pictures that are pasted into the note, or dropped on it. */
export function pastedPictures(actions: () => NoteActions | null): Extension {
  const take = (data: DataTransfer | null, event: Event, view: EditorView): boolean => {
    const files = picturesIn(data);
    const own = actions();
    if (files.length === 0 || own === null) return false;
    event.preventDefault();
    void insert(view, files, own);
    return true;
  };
  return EditorView.domEventHandlers({
    // Copied cells of a spreadsheet come as text and as a picture of them: the text is meant.
    paste: (event, view) =>
      (event.clipboardData?.getData('text/plain') ?? '') === '' && take(event.clipboardData, event, view),
    drop(event, view) {
      const { dataTransfer } = event;
      if (!dataTransfer || dataTransfer.files.length === 0) return false;
      const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
      if (picturesIn(dataTransfer).length > 0 && at !== null) view.dispatch({ selection: { anchor: at } });
      // The editor would write what is in any other file into the note. It is to be imported, as anywhere else.
      if (!take(dataTransfer, event, view))
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      return true;
    },
  });
}
