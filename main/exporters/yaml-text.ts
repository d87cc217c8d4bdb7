/** What YAML does not let stand in a quoted text, or what its readers have taken for line ends. */
const unprintable = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * Any text as a quoted scalar of YAML 1.1 and 1.2: never taken for a number, a date or a truth, nor for the end of
 * the front matter that it stands in. Half surrogate pairs become U+FFFD.
 */
export function yamlText(text: string): string {
  return JSON.stringify(text.toWellFormed()).replaceAll(
    unprintable,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Texts as a list of YAML, a line for each; `[]` for none. Begins with what goes right behind the colon. */
export function yamlList(texts: readonly string[]): string {
  return texts.length === 0 ? ' []' : texts.map((text) => `\n  - ${yamlText(text)}`).join('');
}
