import { type KeyboardEvent, type ReactNode, type Ref, useId, useRef } from 'react';
import './papers-below.css';

interface PapersBelowProps {
  /** What has to do with them. */
  heading: string;
  className: string;
  /** Its items, each with one button of the class `paper-below`. */
  children: ReactNode;
  /** Where the items are. */
  list?: Ref<HTMLUListElement>;
  /** What stands below the items. */
  after?: ReactNode;
}

/** Papers at the end of a paper's page that have something to do with it. The arrows go through all buttons in it. */
export function PapersBelow({ heading, className, children, list, after }: PapersBelowProps) {
  const id = useId();
  const section = useRef<HTMLElement>(null);

  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const all = [...(section.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const next = all[all.indexOf(document.activeElement as HTMLElement) + step];
    // From the first and the last one on, the arrows scroll the page as they do elsewhere.
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  return (
    <section className={`papers-below ${className}`} aria-labelledby={id} onKeyDown={move} ref={section}>
      <h3 id={id}>{heading}</h3>
      <ul ref={list}>{children}</ul>
      {after}
    </section>
  );
}
