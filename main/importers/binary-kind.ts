import { guessBinaryKind } from './guess-kind.ts';
import { decoderOf, EncodingDetector } from './text-encoding.ts';

/**
 * Says what bytes seem to be that are no text, judged by their beginning, whatever encoding they are in.
 * @returns in words that complete "It seems to be …", or null for text
 */
export function binaryKindOf(beginning: Uint8Array): string | null {
  const detector = new EncodingDetector(beginning);
  // Any byte is a character of Windows-1252.
  const text = decoderOf(detector.isEightBit ? 'windows-1252' : detector.encoding(false)).write(beginning);
  const kind = guessBinaryKind(beginning);
  const isText = !text.includes('\0') && oddShare(text.slice(0, 4096)) < 0.05;
  // A short file of another kind may have its few zeros where UTF-16 would have them.
  return isText && !(kind !== null && beginning.includes(0)) ? null : (kind ?? 'binary data');
}

/** Share of characters that no text has: control characters other than tabs, line ends, form feeds and escapes. */
function oddShare(text: string): number {
  let odd = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13 && code !== 27) odd += 1;
  }
  return odd / Math.max(1, text.length);
}
