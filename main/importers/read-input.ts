import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { OffprintError } from '../../shared/outcome.ts';
import { binaryKindOf } from './binary-kind.ts';
import { type ImportedText, type Importer, longestWhole } from './importer.ts';
import { chunksOf, type FileStamp, type InputFile, openRegular, unpacked } from './input-bytes.ts';
import { LineEnds } from './line-ends.ts';
import { ofNoFormat } from './not-of-format.ts';
import { formatOf, importers } from './registry.ts';
import { decoderOf, type Encoding, EncodingDetector } from './text-encoding.ts';

const unchanged = 'Nothing was imported.';

/** How much of a text is looked at to find out what it is, in UTF-16 units. */
const beginningLength = 256 * 1024;
/** Bytes that surely hold so much: UTF-16 takes two for a unit. */
const beginningBytes = 2 * beginningLength;

/** A file to be inspected. */
export interface InputRequest {
  path: string;
  /** What the file is called in messages: its path, or what the reader calls it. */
  name: string;
  /** The format that the reader has named, or null for finding it out. */
  format: string | null;
  /** Told how many bytes of the file have been read so far. */
  onBytes?: ((bytes: number) => void) | undefined;
  /** Ends the work within a tenth of a second; its reason is thrown. */
  signal?: AbortSignal | undefined;
}

/** The text of an inspected file, read as it is needed. */
export interface InputText extends ImportedText {
  /** How many bytes of the file as given have been read so far, for telling progress. */
  readonly bytesRead: number;
}

/** A file that turned out to be of a format we know. */
export interface InspectedInput {
  importer: Importer;
  name: string;
  /** SHA-256 of the bytes as given, in hexadecimal. */
  digest: string;
  /** Bytes as given. */
  size: number;
  /** Bytes after unpacking; no text has more UTF-16 units than this. */
  decodedBytes: number;
  encoding: Encoding;
  /**
   * The text, from its beginning. May be asked for again and again; each is read once. Line ends
   * are all `\n`, whatever they were: no format we know means anything else by them. Reading
   * throws an OffprintError `unreadable` when the file is not what was inspected.
   */
  open(): InputText;
}

/**
 * Reads a file once: its digest, its encoding, and its format, judged by its beginning or named by
 * the reader. What is gzip is unpacked. Memory does not grow with the file. What cannot be imported
 * is refused after a look at its beginning, however large it is.
 * @throws OffprintError `not-found`, `unreadable` or `bad-input`, naming the file
 */
export async function inspectInput({ path, name, format, onBytes, signal }: InputRequest): Promise<InspectedInput> {
  const named = format === null ? null : namedFormat(name, format);
  const file: InputFile = { path, name, signal };
  const opened = await openRegular(file, null);
  const hash = createHash('sha256');
  let size = 0;
  const given = tapped(chunksOf(opened, file), (chunk) => {
    hash.update(chunk);
    size += chunk.length;
    onBytes?.(size);
  });
  const beginning = new Beginning(name, named);
  let decodedBytes = 0;
  for await (const bytes of unpacked(given, file)) {
    decodedBytes += bytes.length;
    beginning.write(bytes);
  }
  const { importer, encoding } = beginning.end();
  const { stamp } = opened;
  const open = () => textOf(file, stamp, encoding);
  return { importer, name, digest: hash.digest('hex'), size, decodedBytes, encoding, open };
}

async function* tapped(chunks: AsyncGenerator<Buffer>, see: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    see(chunk);
    yield chunk;
  }
}

function namedFormat(name: string, format: string): Importer {
  const importer = formatOf(format);
  if (importer) return importer;
  const known = importers.map((each) => each.format).join(', ');
  throw new OffprintError(
    'bad-input',
    `${name} was not read: there is no format ${JSON.stringify(format)}. Formats are ${known}. ${unchanged}`,
  );
}

/** Collects the beginning of a text until it can be judged, and watches over the rest. */
class Beginning {
  readonly #name: string;
  readonly #named: Importer | null;
  #pieces: Uint8Array[] = [];
  #length = 0;
  #detector: EncodingDetector | null = null;
  #importer: Importer | null = null;

  constructor(name: string, named: Importer | null) {
    this.#name = name;
    this.#named = named;
  }

  write(bytes: Uint8Array): void {
    if (this.#detector) {
      this.#watch(this.#detector, bytes);
      return;
    }
    this.#pieces.push(bytes);
    this.#length += bytes.length;
    // One byte more than is looked at, so that a file of just this length is known to be whole.
    if (this.#length > beginningBytes) this.#judge(false);
  }

  end(): { importer: Importer; encoding: Encoding } {
    if (!this.#detector) this.#judge(true);
    if (!this.#detector || !this.#importer) throw new Error('a beginning was not judged');
    return { importer: this.#importer, encoding: this.#detector.encoding(true) };
  }

  #watch(detector: EncodingDetector, bytes: Uint8Array): void {
    if (detector.isEightBit && bytes.includes(0)) {
      throw new OffprintError('bad-input', `${this.#name} is damaged: it holds NUL bytes. ${unchanged}`);
    }
    detector.write(bytes);
  }

  #judge(whole: boolean): void {
    const bytes = Buffer.concat(this.#pieces);
    this.#pieces = [];
    if (bytes.length === 0) throw new OffprintError('bad-input', `${this.#name} is empty. ${unchanged}`);
    const detector = new EncodingDetector(bytes);
    refuseBinary(this.#name, bytes);
    this.#watch(detector, bytes);
    this.#detector = detector;
    const text = beginningOf(bytes, detector.encoding(whole), whole);
    if (text.trim() === '') {
      const holds = whole ? 'holds' : 'begins with';
      throw new OffprintError('bad-input', `${this.#name} ${holds} nothing but white space. ${unchanged}`);
    }
    this.#importer = this.#named ?? recognise(this.#name, text, whole && text.length <= beginningLength);
  }
}

function beginningOf(bytes: Uint8Array, encoding: Encoding, whole: boolean): string {
  const decoder = decoderOf(encoding);
  const lines = new LineEnds();
  const text = lines.write(decoder.write(bytes)) + (whole ? lines.write(decoder.end()) + lines.end() : '');
  return text.length <= beginningLength ? text : text.slice(0, beginningLength).replace(/[\uD800-\uDBFF]$/, '');
}

function refuseBinary(name: string, bytes: Uint8Array): void {
  const kind = binaryKindOf(bytes);
  if (kind === null) return;
  throw new OffprintError('bad-input', `${name} is not text: it seems to be ${kind}. ${unchanged}`);
}

function recognise(name: string, text: string, whole: boolean): Importer {
  let best: Importer | null = null;
  let bestScore = 0;
  for (const importer of importers) {
    const score = importer.recognise(text, whole, name);
    if (score > bestScore) [best, bestScore] = [importer, score];
  }
  if (best === null) throw ofNoFormat(name, text);
  return best;
}

/** What a text is called in messages about its length. */
const longestInWords = `${longestWhole / 1024 / 1024} million characters`;

function textOf(file: InputFile, stamp: FileStamp, encoding: Encoding): InputText {
  let bytesRead = 0;
  async function* pieces(): AsyncGenerator<string> {
    const decoder = decoderOf(encoding);
    const lines = new LineEnds();
    const given = tapped(chunksOf(await openRegular(file, stamp), file), (chunk) => {
      bytesRead += chunk.length;
    });
    for await (const bytes of unpacked(given, file)) {
      const text = lines.write(decoder.write(bytes));
      if (text !== '') yield text;
    }
    const rest = lines.write(decoder.end()) + lines.end();
    if (rest !== '') yield rest;
  }
  return {
    name: file.name,
    pieces,
    async whole() {
      const parts: string[] = [];
      let length = 0;
      for await (const piece of pieces()) {
        length += piece.length;
        if (length > longestWhole) {
          throw new OffprintError(
            'bad-input',
            `${file.name} is too long for its format, of which at most ${longestInWords} can be read. ${unchanged}`,
          );
        }
        parts.push(piece);
      }
      return parts.join('');
    },
    get bytesRead() {
      return bytesRead;
    },
  };
}

/** The last part of a path, which a source is called by. */
export function sourceName(path: string): string {
  return basename(path.replaceAll('\\', '/')) || path;
}
