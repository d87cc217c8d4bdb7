import type { KeyboardEvent } from 'react';

/**
 * The keys of an open menu (`role="menu"`): arrows, Home and End go through its items, around the ends;
 * Tab closes it, as Escape does by itself.
 */
export function onMenuKeyDown(event: KeyboardEvent<HTMLElement>): void {
  const menu = event.currentTarget;
  if (event.key === 'Tab') {
    event.preventDefault();
    menu.hidePopover();
    return;
  }
  const items = [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
  const active = items.find((item) => item === document.activeElement);
  const at = active ? items.indexOf(active) : -1;
  // Up and Down leave a group, whose items stand side by side.
  const beside = items.filter((item) => item.closest('[role="group"]') === active?.closest('[role="group"]'));
  const isInGroup = active?.closest('[role="group"]') != null;
  const next = {
    ArrowDown: isInGroup ? items.indexOf(beside.at(-1) ?? menu) + 1 : at + 1,
    ArrowRight: at + 1,
    ArrowUp: isInGroup ? items.indexOf(beside[0] ?? menu) - 1 : at - 1,
    ArrowLeft: at - 1,
    Home: 0,
    End: items.length - 1,
  }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}

/**
 * Makes an item the one that has the focus as soon as its menu opens, before another key can be pressed. (React's
 * `autoFocus` is for what comes into the page.)
 */
export function firstInMenu(item: HTMLElement | null): void {
  item?.setAttribute('autofocus', '');
}
