const electronNames: Readonly<Record<string, string>> = {
  Mod: 'CommandOrControl',
  Escape: 'Esc',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};

/**
 * A key of {@link commands} as Electron writes it: `Mod+Shift+z` is `CommandOrControl+Shift+Z`.
 * @returns null for a sequence such as `g i`, which no menu can show in the place for keys
 */
export function acceleratorOf(key: string): string | null {
  if (key.includes(' ')) return null;
  // The sign that joins the parts has a name of its own.
  if (key === '+') return 'Plus';
  return key
    .split('+')
    .map((part) => electronNames[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join('+');
}
