/** Most bytes of a name in UTF-8: file systems take 255, and the extension and our own temporary ending follow. */
const mostBytes = 180;

/** Names that Windows keeps for devices, with any extension. */
const device = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/i;

/**
 * A file name that every system takes, close to a title: without what separates folders, what Windows refuses, and
 * what cannot be seen or turns the letters around; not hidden, and not too long.
 * @param title any text
 * @param otherwise the name where nothing is left of the title
 * @param extension without the dot
 */
export function fileNameFor(title: string, otherwise: string, extension: string): string {
  const clean = title
    .normalize('NFC')
    .replaceAll(/\s*[/\\|:][\s/\\|:]*/g, ' - ')
    .replaceAll(/[<>"?*]/g, '')
    .replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ')
    .replaceAll(/ +/g, ' ');
  const name = bare(shortened(bare(clean)));
  if (name === '') return `${otherwise}.${extension}`;
  return `${device.test(name.split('.', 1)[0] ?? '') ? '_' : ''}${name}.${extension}`;
}

/** Without what a name may not begin or end with. */
function bare(name: string): string {
  return name.replaceAll(/^[\s.~-]+|[\s.-]+$/g, '');
}

/** As much of a name as fits, to the end of a word where that is not far. */
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= mostBytes) return name;
  let cut = '';
  // By what a reader sees as one letter.
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(name)) {
    if (Buffer.byteLength(cut + segment) > mostBytes) break;
    cut += segment;
  }
  const space = cut.lastIndexOf(' ');
  return space > cut.length * 0.7 ? cut.slice(0, space) : cut;
}
