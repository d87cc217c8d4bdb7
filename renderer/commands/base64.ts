/**
 * Bytes as base64 text, in slices so that a large file does not overflow the call stack.
 * The slice is a multiple of three, so that no padding falls inside.
 */
export function toBase64(bytes: Uint8Array): string {
  const slice = 3 * 8192;
  let text = '';
  for (let at = 0; at < bytes.length; at += slice) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + slice)));
  }
  return text;
}
