import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { Group, Panel, Separator, useGroupRef } from 'react-resizable-panels';
import { useWide } from './use-wide.ts';
import './reader-split.css';

interface ReaderSplitProps {
  /** Receives the scrolling region of the page. */
  page: RefObject<HTMLElement | null>;
  /** What the page shows; another starts at its top. */
  pageOf: string;
  titleId: string;
  /** The note's share in percent, kept between what leaves both parts usable. */
  noteSize: number;
  onNoteSize(percent: number): void;
  /** True when nothing else of the window is shown: the page then has the focus that a paper before it had. */
  alone: boolean;
  /** Leaves the note out, which says nothing. */
  hideNote: boolean;
  note: ReactNode;
  children: ReactNode;
}

/** Width in pixels from which the note stands beside the page. */
const wideFrom = 1000;

/** The page and the note, with the divider between them: below each other, or side by side in a wide pane. */
export function ReaderSplit({
  page,
  pageOf,
  titleId,
  noteSize,
  onNoteSize,
  alone,
  hideNote,
  note,
  children,
}: ReaderSplitProps) {
  const frame = useRef<HTMLDivElement>(null);
  const group = useGroupRef();
  const wide = useWide(frame, wideFrom);

  useEffect(() => {
    const now = group.current?.getLayout()['note'];
    if (now !== undefined && Math.abs(now - noteSize) > 1) {
      group.current?.setLayout({ page: 100 - noteSize, note: noteSize });
    }
  }, [group, noteSize]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another paper is the reason to scroll
  useLayoutEffect(() => {
    if (page.current) page.current.scrollTop = 0;
  }, [page, pageOf]);

  useEffect(() => {
    if (alone && document.activeElement === document.body) page.current?.focus();
  }, [alone, page]);

  return (
    <div className="reader-split" ref={frame}>
      <Group
        groupRef={group}
        orientation={wide ? 'horizontal' : 'vertical'}
        defaultLayout={{ page: 100 - noteSize, note: noteSize }}
        onLayoutChanged={(layout, { isUserInteraction }) => {
          const size = layout['note'];
          if (isUserInteraction && size !== undefined) onNoteSize(Math.min(90, Math.max(5, Math.round(size))));
        }}
      >
        <Panel id="page" minSize={wide ? 420 : 120}>
          <section
            className="page-scroll"
            ref={page}
            aria-labelledby={titleId}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be within reach of the keyboard
            tabIndex={0}
          >
            {children}
          </section>
        </Panel>
        {!hideNote && (
          <>
            <Separator className="note-divider" aria-label="Size of the note" />
            <Panel id="note" minSize={wide ? 240 : 72}>
              {note}
            </Panel>
          </>
        )}
      </Group>
    </div>
  );
}
