import type { MenuItemConstructorOptions } from 'electron';

/** A text as a menu must be given it: `&` alone would underline the letter after it. */
export function plainLabel(text: string): string {
  return text.replaceAll('&', '&&');
}

const letter = /\p{L}|\p{N}/u;

/** Where the letters of a label begin that may be underlined, the best first: those that begin a word. */
function candidates(label: string): number[] {
  const places = label.split('').flatMap((each, at) => (letter.test(each) ? [at] : []));
  const beginsWord = (at: number) => at === 0 || label[at - 1] === ' ';
  return [...places.filter(beginsWord), ...places.filter((at) => !beginsWord(at))];
}

/**
 * Marks in each label of one menu the letter that chooses it there, with `&` before it; no two get the same.
 * @param labels as they are to be read; where one has no letter left for it, it goes without
 */
export function withMnemonics(labels: readonly string[]): string[] {
  const taken = new Set<string>();
  return labels.map((label) => {
    const at = candidates(label).find((each) => !taken.has(label[each]?.toLowerCase() ?? ''));
    if (at === undefined) return plainLabel(label);
    taken.add(label[at]?.toLowerCase() ?? '');
    return `${plainLabel(label.slice(0, at))}&${plainLabel(label.slice(at))}`;
  });
}

/**
 * The entries of a menu with a letter of each label underlined, by which it is chosen on Linux and Windows.
 * @param items labels as they are to be read, the key in parentheses behind some; submenus as lists
 */
export function underlined(items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  const shown = items.filter((item) => item.label !== undefined && item.visible !== false);
  // The key behind a label is none of its letters.
  const parts = shown.map(({ label = '' }) => /^(.*?)( \([^)]+\))?$/.exec(label) ?? [label, label]);
  const marked = withMnemonics(parts.map(([, words = '']) => words));
  return items.map((item) => {
    const at = shown.indexOf(item);
    const submenu = Array.isArray(item.submenu) ? { submenu: underlined(item.submenu) } : {};
    return at < 0 ? item : { ...item, label: `${marked[at]}${parts[at]?.[2] ?? ''}`, ...submenu };
  });
}
