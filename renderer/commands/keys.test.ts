import { describe, expect, it } from 'vitest';
import { commands } from '../../shared/commands.ts';
import { capsOf, isMac, type KeyPress, KeyReader, keyText, sequenceTimeout, strokeOf } from './keys.ts';

function press(key: string, fields: Partial<KeyPress> = {}): KeyPress {
  return {
    key,
    code: '',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    altGraph: false,
    ...fields,
  };
}

describe('strokeOf', () => {
  it.each([
    [press('j'), 'j'],
    [press('J'), 'j'],
    [press('M', { shiftKey: true }), 'Shift+m'],
    [press('?', { shiftKey: true }), '?'],
    [press(' '), 'Space'],
    [press(' ', { shiftKey: true }), 'Shift+Space'],
    [press('z', { ctrlKey: true }), 'Mod+z'],
    [press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+z'],
    [press('ArrowDown', { shiftKey: true }), 'Shift+ArrowDown'],
    [press('[', { ctrlKey: true, altKey: true, altGraph: true }), '['],
    [press('о', { code: 'KeyJ' }), 'j'],
    [press('Щ', { code: 'KeyO', shiftKey: true }), 'Shift+o'],
    [press('1', { ctrlKey: true }), 'Mod+1'],
    [press('j', { altKey: true }), null],
    [press('ArrowLeft', { altKey: true }), 'Alt+ArrowLeft'],
    [press('ArrowLeft', { altKey: true, ctrlKey: true }), null],
    [press('j', { metaKey: true }), null],
    [press('Shift', { shiftKey: true }), null],
    [press('Dead'), null],
  ])('%j is %s', (event, stroke) => {
    expect(strokeOf(event, false)).toBe(stroke);
  });

  it('takes the command key as Mod on a Mac', () => {
    expect(strokeOf(press('z', { metaKey: true }), true)).toBe('Mod+z');
    expect(strokeOf(press('z', { ctrlKey: true }), true)).toBeNull();
    expect(isMac('MacIntel')).toBe(true);
    expect(isMac('Linux x86_64')).toBe(false);
  });
});

describe('KeyReader', () => {
  it('gives every command for every one of its keys', () => {
    for (const command of commands) {
      for (const key of command.keys) {
        const reader = new KeyReader(commands);
        const strokes = key.split(' ');
        const answers = strokes.map((stroke, at) => reader.press(stroke, at));
        // What the browser answers by itself must reach it.
        expect(answers.at(-1), key).toBe('byBrowser' in command ? null : command.id);
        expect(answers.slice(0, -1)).toEqual(strokes.slice(1).map(() => 'pending'));
      }
    }
  });

  it('lets a sequence lapse', () => {
    const reader = new KeyReader(commands);
    reader.press('g', 0);
    expect(reader.press('r', sequenceTimeout)).toBe('goReading');
    reader.press('g', 0);
    expect(reader.press('r', sequenceTimeout + 1)).toBe('markReading');
  });

  it('takes a key that does not continue the sequence by itself', () => {
    const reader = new KeyReader(commands);
    reader.press('g', 0);
    expect(reader.press('k', 1)).toBe('previous');
    reader.press('g', 2);
    reader.forget();
    expect(reader.press('i', 3)).toBeNull();
  });

  it('has no key that is both a command and the start of a sequence', () => {
    const keys = commands.flatMap((command): string[] => [...command.keys]);
    const starts = keys.filter((key) => key.includes(' ')).map((key) => key.split(' ')[0]);
    expect(keys.filter((key) => starts.includes(key))).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('how keys are shown', () => {
  it.each([
    ['Mod+Shift+z', false, [['Ctrl', 'Shift', 'Z']]],
    ['Mod+o', true, [['⌘', 'O']]],
    ['g i', false, [['g'], ['i']]],
    ['+', false, [['+']]],
    ['ArrowDown', false, [['↓']]],
  ] as const)('%s', (key, mac, caps) => {
    expect(capsOf(key, mac)).toEqual(caps);
  });

  it('has words for tooltips', () => {
    expect(keyText('g i', false)).toBe('g then i');
    expect(keyText('Mod+z', false)).toBe('Ctrl+Z');
    expect(keyText('Mod+z', true)).toBe('⌘Z');
  });
});
