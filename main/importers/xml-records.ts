import { Parser } from 'htmlparser2';

/** Deeper than any feed. */
const deepest = 60;

/** Most text kept of one field, in UTF-16 units. */
const longestField = 1_000_000;

/** Most fields kept of one record: the largest collaborations have some five thousand authors. */
const mostFields = 50_000;

/** Longest tag or comment, in UTF-16 units. */
const longestTag = 1_000_000;

/** One field of a record: an element right inside it, or one level further down (`author/name`). */
export interface XmlField {
  /** The element's name without a prefix, in small letters; with its parent's where it is further down. */
  name: string;
  attributes: Readonly<Record<string, string>>;
  text: string;
}

/** One record: the fields in their order. */
export interface XmlRecord {
  fields: XmlField[];
  /** False when the text ended within it. */
  whole: boolean;
}

/**
 * Reads the records of an XML text that comes in pieces, with htmlparser2, which forgives whatever
 * a feed may have wrong, knows the entities of XML only and so lets a document type declare what
 * it will. Holds no more than one record.
 */
export class XmlRecords {
  readonly #parser: Parser;
  #found: XmlRecord[] = [];
  #record: XmlField[] | null = null;
  /** Elements that are open, from the record downwards. */
  readonly #open: string[] = [];
  #field: XmlField | null = null;
  #depth = 0;
  #written = 0;
  #fault: string | null = null;

  /** @param isRecord tells an element that is a record by its name, without a prefix and in small letters */
  constructor(isRecord: (name: string) => boolean) {
    this.#parser = new Parser(
      {
        onopentag: (fullName, attributes) => {
          this.#depth += 1;
          if (this.#depth > deepest) this.#stop(`its elements are nested more than ${deepest} deep`);
          const name = localName(fullName);
          if (this.#record === null) {
            if (!isRecord(name)) return;
            this.#record = [];
            this.#open.length = 0;
          } else this.#openField(name, attributes);
          this.#open.push(name);
        },
        ontext: (text) => {
          if (this.#field !== null && this.#field.text.length < longestField) this.#field.text += text;
        },
        onclosetag: () => {
          this.#depth -= 1;
          if (this.#record === null) return;
          const name = this.#open.pop() ?? '';
          if (this.#field !== null && this.#open.length > 1 && /^(?:p|div|br|li)$/.test(name))
            this.#field.text += '\n\n';
          if (this.#open.length === 2) this.#leaveInner();
          else if (this.#open.length < 2) this.#field = null;
          if (this.#open.length === 0) this.#close(true);
        },
      },
      { xmlMode: true, decodeEntities: true },
    );
  }

  /** Why reading stopped; null when it did not. */
  get fault(): string | null {
    return this.#fault;
  }

  /** Takes the next piece of text; gives the records that are complete. */
  write(piece: string): XmlRecord[] {
    if (this.#fault === null) {
      this.#written += piece.length;
      this.#parser.write(piece);
      if (this.#written - this.#parser.endIndex > longestTag + piece.length) this.#stop('one of its tags has no end');
    }
    return this.#taken();
  }

  /** Gives what has begun, when no more text comes. */
  end(): XmlRecord[] {
    if (this.#record !== null) this.#close(false);
    return this.#taken();
  }

  #stop(fault: string): void {
    this.#fault ??= fault;
    this.#parser.pause();
  }

  #taken(): XmlRecord[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  #openField(name: string, attributes: Readonly<Record<string, string>>): void {
    const fields = this.#record;
    const depth = this.#open.length;
    // Below a part of a field (markup, say) only its text counts.
    if (fields === null || depth > 2 || fields.length >= mostFields) return;
    this.#field = { name: depth === 1 ? name : `${this.#open[1] ?? ''}/${name}`, attributes, text: '' };
    fields.push(this.#field);
  }

  /** Back in the field itself: what follows is text of its own. */
  #leaveInner(): void {
    const outer = this.#record?.findLast(({ name }) => !name.includes('/'));
    const inner = this.#field;
    this.#field = outer ?? null;
    if (outer !== undefined && inner !== null && inner !== outer && outer.text.length < longestField) {
      outer.text += ` ${inner.text} `;
    }
  }

  #close(whole: boolean): void {
    if (this.#record !== null) this.#found.push({ fields: this.#record, whole });
    this.#record = null;
    this.#field = null;
    this.#open.length = 0;
  }
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1).toLowerCase();
}
