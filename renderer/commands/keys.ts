import type { CommandDescription } from '../../shared/commands.ts';

/** What of a keyboard event decides which key was meant. */
export interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  /** True while AltGr makes the character; then Ctrl and Alt do not count. */
  altGraph: boolean;
}

/** True on a Mac, where the command key is the modifier. */
export function isMac(platform: string): boolean {
  return /mac|iphone|ipad/i.test(platform);
}

/**
 * A key press in the notation of `shared/commands.ts`: `j`, `Shift+g`, `Mod+z`, `Alt+ArrowLeft`, `?`. Null when
 * only a modifier was pressed or a modifier is held that no command uses: Alt with a letter writes another one. Shift is part of the
 * name of letters and named keys; other characters already say what Shift made of them.
 * @param mac whether Mod is the command key
 */
export function strokeOf(press: KeyPress, mac: boolean): string | null {
  const { key, code } = press;
  if (key === 'Shift' || key === 'Control' || key === 'Meta' || key === 'Alt' || key === 'AltGraph') return null;
  if (key === 'Dead' || key === 'Process' || key === 'Unidentified') return null;
  const printable = [...key].length === 1 && key !== ' ';
  const plain = printable && press.altGraph;
  const mod = !plain && (mac ? press.metaKey : press.ctrlKey);
  const alt = !plain && press.altKey;
  const foreign = (alt && (printable || mod)) || (!plain && (mac ? press.ctrlKey : press.metaKey));
  if (foreign) return null;
  let name = key === ' ' ? 'Space' : key;
  // A keyboard of another script: the letter is named by where the key is.
  const latin = /^Key([A-Z])$/.exec(code)?.[1];
  if (printable && key.charCodeAt(0) > 127 && latin !== undefined) name = latin;
  const letter = /^[a-z]$/i.test(name);
  if (letter) name = name.toLowerCase();
  const shift = press.shiftKey && (letter || !printable);
  return `${mod ? 'Mod+' : ''}${alt ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${name}`;
}

/** How long the second key of a sequence may take, in milliseconds. */
export const sequenceTimeout = 1200;

/** Turns key strokes into commands, and remembers the first key of a sequence such as `g i`. */
export class KeyReader<Id extends string> {
  readonly #commands = new Map<string, Id>();
  readonly #prefixes = new Set<string>();
  #pending: { stroke: string; at: number } | null = null;

  constructor(commands: readonly (CommandDescription & { id: Id })[]) {
    for (const command of commands) {
      if (command.byBrowser) continue;
      for (const key of command.keys) {
        this.#commands.set(key, command.id);
        const [first, second] = key.split(' ');
        if (first !== undefined && second !== undefined) this.#prefixes.add(first);
      }
    }
  }

  /**
   * Takes one stroke.
   * @param at the time of the press in milliseconds, on any clock that only grows
   * @returns the command it gives, `pending` when another key must follow, or null
   */
  press(stroke: string, at: number): Id | 'pending' | null {
    const first = this.#pending;
    this.#pending = null;
    if (first && at - first.at <= sequenceTimeout) {
      const command = this.#commands.get(`${first.stroke} ${stroke}`);
      if (command !== undefined) return command;
    }
    const command = this.#commands.get(stroke);
    if (command !== undefined) return command;
    if (!this.#prefixes.has(stroke)) return null;
    this.#pending = { stroke, at };
    return 'pending';
  }

  /** Forgets a sequence that was begun. */
  forget(): void {
    this.#pending = null;
  }
}

const names: Record<string, string> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
};

/**
 * The caps to draw for a key, one list per stroke of a sequence: `Mod+Shift+z` is
 * `[['Ctrl', 'Shift', 'Z']]`, `g i` is `[['G'], ['I']]`. Single letters keep their case, so that
 * `m` and `Shift M` are not mistaken for each other.
 */
export function capsOf(key: string, mac: boolean): string[][] {
  return key.split(' ').map((stroke) => {
    const parts = stroke === '+' ? ['+'] : stroke.split('+');
    return parts.map((part) => {
      if (part === 'Mod') return mac ? '⌘' : 'Ctrl';
      if (part === 'Shift') return mac ? '⇧' : 'Shift';
      if (part === 'Alt') return mac ? '⌥' : 'Alt';
      if (part.length === 1 && parts.length > 1) return part.toUpperCase();
      return names[part] ?? part;
    });
  });
}

/** A key as text, for tooltips: `Ctrl+Shift+Z`, `g then i`. */
export function keyText(key: string, mac: boolean): string {
  return capsOf(key, mac)
    .map((caps) => caps.join(mac ? '' : '+'))
    .join(' then ');
}
