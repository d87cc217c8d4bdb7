import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { MarkedText } from '../text/marked-text.tsx';
import { type NoteCaret, type NoteFieldProps, notePlaceholder } from './note-field.ts';

interface PlainNoteFieldProps extends NoteFieldProps {
  /** Told whether characters are being composed: the field must not go meanwhile. */
  onComposing(composing: boolean): void;
  /** Told where the reader was, when the field goes. */
  onGone(caret: NoteCaret): void;
}

/**
 * The note in a text field of the browser's. It can mark nothing in its text: the matches are marked behind it, on a copy
 * that scrolls with it.
 */
export function PlainNoteField(props: PlainNoteFieldProps) {
  const { text, matches, labelledBy, caret, onChange, onLeave, onComposing } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const behind = useRef<HTMLDivElement>(null);
  const isGone = useRef(false);
  const onGone = useRef(props.onGone);

  // Takes the focus once, when it comes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the reader goes after that is theirs
  useEffect(() => {
    const { current } = field;
    if (!current || caret.current?.hasFocus === false) return;
    current.focus();
    current.setSelectionRange(current.value.length, current.value.length);
    current.scrollTop = current.scrollHeight;
  }, []);

  useLayoutEffect(() => {
    onGone.current = props.onGone;
    if (behind.current && field.current) behind.current.scrollTop = field.current.scrollTop;
  });

  useLayoutEffect(() => {
    isGone.current = false;
    const { current } = field;
    return () => {
      isGone.current = true;
      if (!current) return;
      const { selectionStart, selectionEnd, selectionDirection, scrollTop } = current;
      const isBackward = selectionDirection === 'backward';
      onGone.current({
        anchor: isBackward ? selectionEnd : selectionStart,
        head: isBackward ? selectionStart : selectionEnd,
        top: scrollTop,
        hasFocus: document.activeElement === current,
      });
    };
  }, []);

  /** The field may go now: some browsers tell of what was composed only after that, which is too late. */
  function onComposed({ value }: HTMLTextAreaElement): void {
    if (value !== text.replaceAll(/\r\n?/g, '\n')) onChange(value);
    onComposing(false);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    onLeave();
  }

  return (
    <>
      {matches.length > 0 && (
        <div ref={behind} className="note-behind" aria-hidden="true" dir="auto">
          <MarkedText text={`${text}\n`} ranges={matches} />
        </div>
      )}
      <textarea
        ref={field}
        className="note-text"
        data-note-field=""
        dir="auto"
        aria-labelledby={labelledBy}
        placeholder={notePlaceholder}
        spellCheck
        // Else browsers write what is typed into their own files, to bring it back after a restart.
        autoComplete="off"
        value={text}
        onScroll={({ currentTarget }) => {
          if (behind.current) behind.current.scrollTop = currentTarget.scrollTop;
        }}
        onChange={(event) => onChange(event.target.value)}
        // Going, it may lose the focus to what takes its place.
        onBlur={(event) => {
          if (!isGone.current) props.onBlur(event.relatedTarget);
        }}
        onCompositionStart={() => onComposing(true)}
        onCompositionEnd={({ currentTarget }) => onComposed(currentTarget)}
        onKeyDown={onKeyDown}
      />
    </>
  );
}
