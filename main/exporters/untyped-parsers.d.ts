// Parsers that tests read exports with, which come without types: the part of them that is used.

declare module '@citation-js/core' {
  export class Cite {
    constructor(input: unknown, options?: { forceType?: string });
    /** Items of CSL-JSON. */
    data: Record<string, unknown>[];
  }
}

declare module '@citation-js/plugin-ris';

declare module 'jsdom' {
  export class JSDOM {
    constructor(html: string);
    window: { document: Document };
  }
}
