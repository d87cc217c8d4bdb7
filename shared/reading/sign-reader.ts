import { matchAt } from './match-at.ts';
import { PieceWriter } from './piece-writer.ts';
import { entities } from './text-commands.ts';

const entity = /&(?:[a-z]{2,4}|#x?\d{2,3});/y;
const singleQuotation = /`[^`'\n]{1,200}'(?!\p{L})/uy;
/** Longest quotation between ``…''. */
const longestQuotation = 2000;

/** Reads what is typed in the place of signs that a keyboard does not have: ties, dashes, quotation marks, entities. */
export class SignReader extends PieceWriter {
  protected readonly look: (places: number) => void;
  /** Where the text ends that may be read now: the next stretch that is shown as one. */
  protected end = 0;
  /** Where quotations end that were opened, and the sign for each end. */
  private readonly quotationEnds = new Map<number, string>();
  private nextDoubleEnd = -1;

  /** @param look told how many places were looked at */
  constructor(text: string, look: (places: number) => void) {
    super(text);
    this.look = look;
  }

  protected readEntity(): void {
    const found = matchAt(entity, this.text, this.at)?.[0] ?? '';
    const shown = entities.get(found);
    if (shown === undefined) this.at += 1;
    else this.show(shown, this.at + found.length);
  }

  /** Between words a space that does not break; elsewhere people mean "about", or a range. */
  protected readTie(): void {
    const { text, at } = this;
    const before = text.charAt(at - 1);
    const after = text.charAt(at + 1);
    const isTie = at > 0 && !/[\s([{~/<>=]/.test(before) && !/^[\s~/=]?$/.test(after) && !/\d\d/.test(before + after);
    if (isTie) this.show('\u00a0', at + 1);
    else this.at += 1;
  }

  protected readDash(): void {
    const { text, at } = this;
    let to = at;
    while (text.charAt(to) === '-') to += 1;
    const before = text.charAt(at - 1);
    const after = text.charAt(to);
    // "--help" and "<!--" are written, not set.
    const isOption = /^[\s("'`[]?$/.test(before) && /[\p{L}\p{N}]/u.test(after);
    if (to - at > 3 || to > this.end || isOption || /[<!>|+]/.test(before + after)) this.at = to;
    else this.show(to - at === 3 ? '—' : '–', to);
  }

  protected readBackquote(): void {
    const { text, at } = this;
    if (text.startsWith('``', at)) {
      const close = this.doubleEndAfter(at + 2);
      if (text.charAt(at + 2) === '`' || close > at + longestQuotation) {
        this.at += 2;
        return;
      }
      this.quotationEnds.set(close, '”');
      this.show('“', at + 2);
      return;
    }
    const quotation = matchAt(singleQuotation, text, at)?.[0];
    this.look(quotation?.length ?? 200);
    if (quotation === undefined) {
      this.at += 1;
      return;
    }
    this.quotationEnds.set(at + quotation.length - 1, '’');
    this.show('‘', at + 1);
  }

  protected readQuote(): void {
    const sign = this.quotationEnds.get(this.at);
    if (sign === undefined) this.at += 1;
    else this.show(sign, Math.min(this.end, this.at + (sign === '”' ? 2 : 1)));
  }

  private doubleEndAfter(from: number): number {
    if (this.nextDoubleEnd < from) {
      const found = this.text.indexOf("''", from);
      this.nextDoubleEnd = found === -1 ? Infinity : found;
    }
    return this.nextDoubleEnd;
  }
}
