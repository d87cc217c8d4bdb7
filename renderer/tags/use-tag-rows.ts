import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { TagLine } from './tag-tree.ts';

/** Rows drawn at first, and with each step towards the end. */
const rowsAtOnce = 100;

/** Pixels from the end of the rows at which more of them are drawn. */
const nearEnd = 800;

/** Which button of a row has its name. */
const nameButton = 1;

/** The rows of a list of tags: how many are drawn, and which has the focus. */
export interface TagRows {
  list: RefObject<HTMLUListElement | null>;
  /** Those drawn; more come as the list is scrolled, or the focus is wanted there. */
  drawn: readonly TagLine[];
  onScroll(): void;
  /** Focuses a row as soon as it is there: its name, or another of its buttons. */
  focus(name: string, button?: number): void;
  /** The row that has the focus and is not being renamed. */
  focused(): string | null;
  /** Goes to another row by the key, in the same column. Answers false when it is not for that, and `before` above the first. */
  move(event: KeyboardEvent): boolean | 'before';
}

/** @param first the row that has to be there from the beginning, or null */
export function useTagRows(shown: readonly TagLine[], first: string | null): TagRows {
  const list = useRef<HTMLUListElement>(null);
  const indexOf = (name: string) => shown.findIndex(({ node }) => node.name === name);
  const [limit, setLimit] = useState(() => rowsAtOnce + (first === null ? 0 : Math.max(indexOf(first), 0)));
  const [wish, setWish] = useState<{ name: string; button: number } | null>(null);

  useLayoutEffect(() => {
    if (wish === null) return;
    const buttons = rowOf(list.current, wish.name)?.querySelectorAll('button');
    if (!buttons) return;
    setWish(null);
    (buttons[wish.button] ?? buttons[0])?.focus();
  });

  function focus(name: string, button = nameButton): void {
    setLimit(Math.max(limit, indexOf(name) + rowsAtOnce));
    setWish({ name, button });
  }

  function focusedRow(): HTMLElement | null {
    const row = document.activeElement?.closest<HTMLElement>('.tag-row') ?? null;
    return row?.matches('[data-renaming]') ? null : row;
  }

  return {
    list,
    drawn: shown.slice(0, limit),
    onScroll: () => {
      const element = list.current;
      if (!element || limit >= shown.length) return;
      const left = element.scrollHeight - element.scrollTop - element.clientHeight;
      if (left < nearEnd) setLimit(limit + rowsAtOnce);
    },
    focus,
    focused: () => focusedRow()?.dataset['tag'] ?? null,
    move: ({ key }) => {
      const row = focusedRow();
      const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[key];
      if (!row || step === undefined) return false;
      const at = indexOf(row.dataset['tag'] ?? '') + step;
      if (at === -1) return 'before';
      const next = shown[Math.min(Math.max(at, 0), shown.length - 1)];
      const button = [...row.querySelectorAll('button')].findIndex((each) => each.matches(':focus'));
      if (next) focus(next.node.name, Math.max(button, 0));
      return true;
    },
  };
}

function rowOf(list: HTMLElement | null, name: string): HTMLElement | undefined {
  return [...(list?.querySelectorAll<HTMLElement>('.tag-row') ?? [])].find((row) => row.dataset['tag'] === name);
}
