/** What is used of citeproc-js, which comes without types; https://citeproc-js.readthedocs.io/en/latest/running.html */
declare module 'citeproc' {
  interface CiteprocSystem {
    retrieveLocale(language: string): unknown;
    retrieveItem(id: string): unknown;
  }
  interface CiteprocEngine {
    opt: { development_extensions: Record<string, boolean> };
    setOutputFormat(format: 'html' | 'text'): void;
    updateItems(ids: readonly string[]): void;
    /** What is said of the whole list, and its entries; false for a style without lists. */
    makeBibliography(): [{ bibliography_errors: unknown[] }, string[]] | false;
  }
  const CSL: { Engine: new (system: CiteprocSystem, style: unknown, language: string) => CiteprocEngine };
  export default CSL;
}
