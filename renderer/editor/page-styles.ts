import { StyleModule } from 'style-mod';

/**
 * Lets the editor's own styles come into the page as a constructed style sheet. The library would put a `<style>`
 * element into a document, which the page's policy refuses; a constructed sheet is what it uses within a shadow root,
 * which it takes a document for that has no head. What it has decided for a document it keeps to.
 */
export function constructStyles(): void {
  Object.defineProperty(document, 'head', { value: null, configurable: true });
  try {
    StyleModule.mount(document, new StyleModule({}));
  } finally {
    // What remains is the document's own, which it inherits.
    Reflect.deleteProperty(document, 'head');
  }
}
