import { Buffer } from 'node:buffer';

/**
 * The bytes of a text as UTF-8 without a byte order mark, whatever an editor made of it: with a mark, or
 * as UTF-16. Other bytes are returned as they are. Every text of ours begins with an ASCII character.
 */
export function asUtf8(bytes: Uint8Array): Uint8Array {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return bytes.subarray(3);
  const isLittle = (first === 0xff && second === 0xfe) || (isLetter(first) && second === 0);
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && isLetter(second));
  if (!isLittle && !isBig) return bytes;
  const text = new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be').decode(bytes);
  return Buffer.from(text.replace(/^\ufeff/, ''));
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0 && byte < 0x80;
}
