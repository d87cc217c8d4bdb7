import { type JsonElement, type JsonReader, type Judge, longestRecord } from './json-reader.ts';
import { ValueScan } from './json-scan.ts';
import { damageAt, isObject, type JsonObject, parseJson } from './json-values.ts';

/** An object of which so much has been read, in UTF-16 units, and that may hold records, is not a record. */
const longestUndecided = 4 * 1024 * 1024;

/** How many lists and objects may stand around a record. */
const deepest = 8;

/** Most elements of a list that wait for it to turn out to be one of records. */
const mostWaiting = 1000;

/** Keys of a record under which no other records stand. */
const insideRecords =
  'authors|author|authorships|creators|editors?|contributors|affiliations|organization|user|submittedBy|submittedOnDailyBy|keywords|tags|versions|links|notes|attachments|collections|concepts|topics|config';
const insideRecord = new RegExp(`^(?:${insideRecords})$`);

/** A list, an object that holds lists, or the file as a whole. */
interface Frame {
  kind: 'file' | 'list' | 'object';
  /** Are elements that are no records told of? Of a list inside an object only once it has had a record. */
  named: boolean;
  hasRecords: boolean;
  /** What has not been told of yet. */
  waiting: string[];
  /** How its records begin, or how the object itself does: what to look for after damage. */
  signature: string | null;
  /** Of an object: why it is no record, which is told if there are none in it. */
  reason: string;
  /** How many elements there were before it. */
  before: number;
}

/**
 * Finds the records in JSON wherever they stand: in a list, in a list inside objects (`items`,
 * `papers`, a day), in lists of lists, as the values of an object, one after the other, or alone.
 * Elements are found by their brackets and parsed one by one, so that memory does not grow with
 * the file. After a damaged one, reading goes on with the next that begins as records do.
 */
export class JsonStream implements JsonReader {
  readonly #judge: Judge;
  #text = '';
  #at = 0;
  #incoming: string[] = [];
  #incomingLength = 0;
  #ended = false;
  #consumed = 0;
  /** Units read more than once; damage must not make reading slow. */
  #reread = 0;
  #count = 0;
  #found: JsonElement[] = [];
  readonly #frames: Frame[] = [frameOf('file', true)];
  #scan: { value: ValueScan; purpose: 'element' | 'skip' } | null = null;
  /** Where to look for the next record after damage, and how deep in the frames. */
  #lost: { from: number; pattern: RegExp; depth: number } | null = null;
  /** Reading goes on after damage, and no record has proved yet that it does so in the right place. */
  #doubtful: { pattern: RegExp; depth: number } | null = null;

  constructor(judge: Judge) {
    this.#judge = judge;
  }

  write(piece: string): JsonElement[] {
    this.#incoming.push(piece);
    this.#incomingLength += piece.length;
    // Joining costs as much as all that is held: it is done when that much has come.
    return this.#incomingLength * 2 < this.#text.length - this.#at ? [] : this.#run();
  }

  end(): JsonElement[] {
    this.#ended = true;
    const found = this.#run();
    const open = this.#frames.length > 1 && this.#doubtful === null && this.#lost === null;
    if (open)
      found.push({ where: `after record ${this.#count}`, reason: 'the file is cut off: it ends in the middle' });
    return found;
  }

  #run(): JsonElement[] {
    this.#drop(this.#at);
    this.#text += this.#incoming.join('');
    this.#incoming = [];
    this.#incomingLength = 0;
    while (
      this.#lost !== null ? this.#search(this.#lost) : this.#scan !== null ? this.#value(this.#scan) : this.#structure()
    );
    const found = this.#found;
    this.#found = [];
    return found;
  }

  #drop(length: number): void {
    this.#text = this.#text.slice(length);
    this.#at -= length;
    this.#consumed += length;
    this.#scan?.value.shift(length);
    if (this.#lost) this.#lost.from = Math.max(0, this.#lost.from - length);
  }

  get #frame(): Frame {
    const frame = this.#frames.at(-1);
    if (frame === undefined) throw new Error('the frame of the file is never closed');
    return frame;
  }

  /** Reads what stands between values. Returns false when there is no more text. */
  #structure(): boolean {
    const between = /[\s,]*/y;
    between.lastIndex = this.#at;
    between.exec(this.#text);
    this.#at = between.lastIndex;
    const character = this.#text[this.#at];
    if (character === undefined) return false;
    const frame = this.#frame;
    if (frame.kind === 'object') return this.#member(character);
    if (character === ']') return this.#close('list');
    return this.#begin(character, this.#at, false);
  }

  #member(character: string): boolean {
    if (character === '}') return this.#close('object');
    const key = /"((?:[^"\\]|\\.){0,2000})"\s*:\s*(?=\S)/y;
    key.lastIndex = this.#at;
    const found = key.exec(this.#text);
    if (found) return this.#begin(this.#text[key.lastIndex] ?? '', key.lastIndex, insideRecord.test(found[1] ?? ''));
    const unfinished = character === '"' && this.#text.length - this.#at < 4000;
    return unfinished ? this.#ended && this.#damaged(this.#at) : this.#damaged(this.#at);
  }

  #begin(character: string, at: number, skip: boolean): boolean {
    const frame = this.#frame;
    if (character === '[' && !skip && this.#frames.length < deepest) {
      this.#at = at + 1;
      // A list that nothing stands around is one of records, or there are none.
      this.#frames.push(frameOf('list', frame.kind === 'file' || (frame.kind === 'list' && frame.named)));
      return true;
    }
    if (character === '{' || character === '[' || character === '"') {
      this.#at = at;
      if (character !== '{' && !skip && frame.kind !== 'object') this.#noRecord('it is not an object');
      this.#scan = { value: new ValueScan(at), purpose: character === '{' && !skip ? 'element' : 'skip' };
      return true;
    }
    const word = /(?:true|false|null|undefined|-?Infinity|NaN|[-+]?\d[-+.\deE]{0,1000})(?=([\s,\]}])?)/y;
    word.lastIndex = at;
    const found = word.exec(this.#text);
    const complete =
      found?.[1] !== undefined || (found !== null && word.lastIndex === this.#text.length && this.#ended);
    if (!complete) return !this.#ended && this.#text.length - at < 1000 ? false : this.#damaged(at);
    this.#at = word.lastIndex;
    if (frame.kind !== 'object') this.#noRecord('it is not an object');
    return true;
  }

  #close(kind: Frame['kind']): boolean {
    this.#at += 1;
    const frame = this.#frame;
    if (frame.kind !== kind) return true;
    this.#frames.pop();
    if (kind === 'object' && this.#count === frame.before) this.#noRecord(frame.reason);
    return true;
  }

  /** Reads on in a value that has begun. */
  #value(scan: { value: ValueScan; purpose: 'element' | 'skip' }): boolean {
    const { outcome, end } = scan.value.scan(this.#text);
    if (outcome === 'unfinished' && !this.#ended) {
      if (scan.purpose === 'skip') this.#at = Math.max(this.#at, end - mostBackslashes);
      else if (end - this.#at > longestUndecided && this.#mayHold()) return this.#enter('it is too long for a record');
      else if (end - this.#at > longestRecord) {
        this.#noRecord(`it is longer than ${longestRecord} characters`);
        scan.purpose = 'skip';
      }
      return false;
    }
    this.#scan = null;
    if (outcome !== 'complete') {
      if (outcome === 'unfinished' && this.#doubtful !== null) return this.#damaged(end, cutOff);
      const holds = scan.purpose === 'element' && this.#mayHold() && this.#mayReread(end - this.#at);
      const reason = outcome === 'damaged' ? damageAt(this.#text.slice(this.#at, end + 50), end - this.#at) : cutOff;
      return holds ? this.#enter(reason) : this.#damaged(end, reason);
    }
    const start = this.#at;
    this.#at = end;
    return scan.purpose === 'skip' || this.#element(this.#text.slice(start, end), start);
  }

  /** Judges a whole object. */
  #element(text: string, start: number): boolean {
    const parsed = parseJson(text);
    const frame = this.#frame;
    if (!parsed.ok || !isObject(parsed.value)) {
      const reason = parsed.ok ? 'it is not an object' : parsed.reason;
      this.#at = start;
      const holds = this.#mayHold() && this.#mayReread(text.length);
      return holds ? this.#enter(reason) : this.#damaged(start + text.length, reason);
    }
    const reason = this.#judge(parsed.value);
    if (reason === null) this.#record(frame, parsed.value, text);
    else if (this.#doubtful !== null) {
      this.#lose(this.#mayReread(text.length) ? start + 1 : start + text.length, this.#doubtful);
    } else if (this.#mayHold() && Object.values(parsed.value).some((value) => typeof value === 'object')) {
      this.#at = start;
      return this.#enter(reason);
    } else this.#noRecord(reason);
    return true;
  }

  #record(frame: Frame, value: JsonObject, text: string): void {
    this.#doubtful = null;
    for (const reason of frame.waiting) this.#tell(reason);
    frame.waiting = [];
    frame.named = true;
    frame.hasRecords = true;
    frame.signature ??= signatureOf(text, 0);
    this.#count += 1;
    this.#found.push({ where: `record ${this.#count}`, value });
  }

  #noRecord(reason: string): void {
    const frame = this.#frame;
    if (frame.named) this.#tell(reason);
    else if (frame.kind === 'list' && frame.waiting.length < mostWaiting) frame.waiting.push(reason);
  }

  #tell(reason: string): void {
    this.#count += 1;
    this.#found.push({ where: `record ${this.#count}`, reason });
  }

  /** May the object that has begun hold records, rather than be one? */
  #mayHold(): boolean {
    return !this.#frame.hasRecords && this.#frames.length < deepest;
  }

  /** Looks for records inside the object that has begun. */
  #enter(reason: string): boolean {
    const frame = frameOf('object', false);
    frame.signature = signatureOf(this.#text, this.#at);
    frame.reason = reason;
    frame.before = this.#count;
    this.#frames.push(frame);
    this.#scan = null;
    this.#at += 1;
    return true;
  }

  #mayReread(length: number): boolean {
    this.#reread += length;
    return this.#reread <= 4 * (this.#consumed + this.#text.length) + 1024 * 1024;
  }

  /** Tells of damage, and goes on with the next record that can be made out. */
  #damaged(at: number, reason = damageAt(this.#text, at)): boolean {
    let signature = signatureOf(this.#text, this.#at);
    while (this.#frame.kind === 'object') {
      signature = this.#frame.signature ?? signature;
      this.#frames.pop();
    }
    const frame = this.#frame;
    this.#noRecord(reason);
    const next = frame.signature ?? signature;
    const list = `"(?!(?:${insideRecords})")[^"\\\\]{0,200}"\\s*:\\s*\\[\\s*(?=\\{)`;
    const pattern = new RegExp(frame.kind === 'file' ? `(?=${next})|${list}` : `(?=${next})`, 'g');
    const from = this.#mayReread(at - this.#at) ? this.#at + 1 : Math.max(at, this.#at + 1);
    this.#lose(from, { pattern, depth: this.#frames.length });
    return true;
  }

  #lose(from: number, { pattern, depth }: { pattern: RegExp; depth: number }): void {
    this.#scan = null;
    this.#frames.length = depth;
    this.#lost = { from, pattern, depth };
  }

  #search({ from, pattern, depth }: { from: number; pattern: RegExp; depth: number }): boolean {
    pattern.lastIndex = from;
    const found = pattern.exec(this.#text);
    if (found === null) {
      // What is looked for may be cut at the end of the text.
      this.#at = this.#ended ? this.#text.length : Math.max(from, this.#text.length - 1000);
      if (this.#lost) this.#lost.from = this.#at;
      return false;
    }
    this.#at = found.index + found[0].length;
    this.#lost = null;
    this.#doubtful = { pattern, depth };
    if (found[0] !== '') this.#frames.push(frameOf('list', true));
    this.#scan = { value: new ValueScan(this.#at), purpose: 'element' };
    return true;
  }
}

/** What stands before a quotation mark decides whether it ends a string. */
const mostBackslashes = 1000;

const cutOff = 'it is cut off: the file ends in the middle of it';

function frameOf(kind: Frame['kind'], named: boolean): Frame {
  return { kind, named, hasRecords: false, waiting: [], signature: null, reason: '', before: 0 };
}

/** A pattern of how an object begins that stands at `at`: its first key. */
function signatureOf(text: string, at: number): string {
  const key = /\{\s*"((?:[^"\\]){1,100})"\s*:/y;
  key.lastIndex = at;
  const name = key.exec(text)?.[1];
  return name === undefined ? '\\{\\s*"' : `\\{\\s*${`"${name.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}"`}\\s*:`;
}
