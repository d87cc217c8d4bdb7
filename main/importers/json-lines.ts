import { type JsonElement, type JsonReader, type Judge, longestRecord } from './json-reader.ts';
import { JsonStream } from './json-stream.ts';
import { isObject, parseJson } from './json-values.ts';

/**
 * Records that stand one to a line, as NDJSON has them; a comma after each, and brackets in lines
 * of their own around all of them, are as well. A damaged line costs itself. A line that is no
 * record but holds some gives those. Lines end at `\n` alone: U+2028 may stand inside a string.
 */
export class JsonLines implements JsonReader {
  readonly #judge: Judge;
  readonly #longest: number;
  #begun: string[] = [];
  #begunLength = 0;
  #line = 0;

  constructor(judge: Judge, longest = longestRecord) {
    this.#judge = judge;
    this.#longest = longest;
  }

  write(piece: string): JsonElement[] {
    const found: JsonElement[] = [];
    let from = 0;
    for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', from)) {
      if (this.#begunLength === 0) this.#read(piece.slice(from, end), found);
      else {
        this.#hold(piece.slice(from, end));
        this.#readHeld(found);
      }
      from = end + 1;
    }
    if (from < piece.length) this.#hold(piece.slice(from));
    return found;
  }

  end(): JsonElement[] {
    const found: JsonElement[] = [];
    if (this.#begunLength > 0) this.#readHeld(found);
    return found;
  }

  #hold(part: string): void {
    this.#begunLength += part.length;
    if (this.#begunLength <= this.#longest) this.#begun.push(part);
    else this.#begun = [];
  }

  #readHeld(found: JsonElement[]): void {
    const line = this.#begun.join('');
    const length = this.#begunLength;
    this.#begun = [];
    this.#begunLength = 0;
    if (length <= this.#longest) this.#read(line, found);
    else {
      this.#line += 1;
      found.push({ where: `line ${this.#line}`, reason: `the line is longer than ${this.#longest} characters` });
    }
  }

  #read(line: string, found: JsonElement[]): void {
    this.#line += 1;
    const where = `line ${this.#line}`;
    // Nearly every line is a record and nothing else.
    let parsed = line.endsWith('}') ? parseJson(line) : null;
    if (parsed === null) {
      const bare = line.trim().replace(/,$/, '');
      if (/^[[\],]*$/.test(bare)) return;
      parsed = parseJson(bare);
    }
    if (!parsed.ok) found.push({ where, reason: parsed.reason });
    else if (!isObject(parsed.value)) {
      if (Array.isArray(parsed.value)) this.#readInside(line, where, 'it is a list without records', found);
      else found.push({ where, reason: 'it is not an object' });
    } else {
      const reason = this.#judge(parsed.value);
      if (reason === null) found.push({ where, value: parsed.value });
      else this.#readInside(line, where, reason, found);
    }
  }

  #readInside(line: string, where: string, reason: string, found: JsonElement[]): void {
    const stream = new JsonStream(this.#judge);
    const inside = [...stream.write(line), ...stream.end()];
    if (inside.every((element) => 'reason' in element)) found.push({ where, reason });
    else for (const element of inside) found.push({ ...element, where: `${where}, ${element.where}` });
  }
}
