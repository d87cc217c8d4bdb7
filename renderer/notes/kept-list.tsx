import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef } from 'react';

interface KeptListProps<Item> {
  label: string;
  items: readonly Item[];
  keyOf(item: Item): string;
  /** Place of the chosen one. */
  chosen: number;
  onChoose(at: number): void;
  /** What stands in the line of one. */
  children(item: Item): ReactNode;
}

/** Lines that a page key moves by. */
const page = 6;

/** A list of texts, of which one is chosen and shown beside it. It has the focus as the dialog opens. */
export function KeptList<Item>({ label, items, keyOf, chosen, onChoose, children }: KeptListProps<Item>) {
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was chosen may be out of sight
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -items.length,
      End: items.length,
      j: 1,
      k: -1,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onChoose(Math.min(Math.max(chosen + step, 0), items.length - 1));
  }

  return (
    <div
      ref={list}
      role="listbox"
      className="kept-list"
      aria-label={label}
      tabIndex={0}
      data-first
      aria-activedescendant={items[chosen] && `${id}-${chosen}`}
      onKeyDown={onKeyDown}
    >
      {items.map((item, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the list's
        // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus
        <div
          key={keyOf(item)}
          id={`${id}-${at}`}
          role="option"
          aria-selected={at === chosen}
          className="kept-line"
          onClick={() => onChoose(at)}
        >
          {children(item)}
        </div>
      ))}
    </div>
  );
}
