const signatures: readonly [mark: string, kind: string, at?: number][] = [
  ['%PDF-', 'a PDF document'],
  ['%!PS', 'a PostScript document'],
  ['PK\u0003\u0004', 'a ZIP archive (or an office document)'],
  ['PK\u0005\u0006', 'an empty ZIP archive'],
  ['\u001f\u008b', 'a gzip archive'],
  ['BZh', 'a bzip2 archive'],
  ['\u00fd7zXZ\u0000', 'an xz archive'],
  ['\u0028\u00b5\u002f\u00fd', 'a Zstandard archive'],
  ['7z\u00bc\u00af', 'a 7z archive'],
  ['Rar!\u001a', 'a RAR archive'],
  ['ustar', 'a tar archive', 257],
  ['\u0089PNG', 'a PNG picture'],
  ['\u00ff\u00d8\u00ff', 'a JPEG picture'],
  ['GIF8', 'a GIF picture'],
  ['WEBP', 'a WebP picture', 8],
  ['II*\u0000', 'a TIFF picture'],
  ['MM\u0000*', 'a TIFF picture'],
  ['ftyp', 'a video or a picture', 4],
  ['ID3', 'a sound'],
  ['WAVE', 'a sound', 8],
  ['OggS', 'a sound or a video'],
  ['SQLite format 3\u0000', 'an SQLite database'],
  ['\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1', 'an office document'],
  ['bplist', 'a web archive or another Apple property list'],
  ['\u007fELF', 'a program'],
  ['MZ', 'a program'],
  ['\u00cf\u00fa\u00ed\u00fe', 'a program'],
  ['\u00ff\u00fe\u0000\u0000', 'text in UTF-32'],
  ['\u0000\u0000\u00fe\u00ff', 'text in UTF-32'],
];

/** Says what a file that holds bytes and no text seems to be, or null when it is of no kind we know. */
export function guessBinaryKind(beginning: Uint8Array): string | null {
  const text = Buffer.from(beginning.subarray(0, 512)).toString('latin1');
  return signatures.find(([mark, , at = 0]) => text.startsWith(mark, at))?.[1] ?? null;
}

function share<T>(items: readonly T[], test: (item: T) => boolean): number {
  return items.length === 0 ? 0 : items.filter(test).length / items.length;
}

function isDelimited(lines: readonly string[], delimiter: string): boolean {
  if (lines.length < 3) return false;
  const counts = lines.slice(0, 50).map((line) => line.replaceAll(/"[^"]*"/g, '').split(delimiter).length);
  const [first = 0] = counts;
  return first >= 2 && lines.every((line) => line.length < 5000) && share(counts, (count) => count === first) >= 0.9;
}

const codeLine =
  /[;{}]\s*$|^\s*(?:import|from|export|const|let|var|def|class|function|return|if|for|while|#include|using|package|public|private|fn|func|elif|else:?|try:|except)\b.*[;:{(=,)]\s*$|^\s*(?:\/\/|\/\*|\*\/|#!)|^\s*(?:[\w.]+\s*=\s*\S+|[\w.]+\(.*\))\s*$|=>/;
const markdownLine = /^(?:#{1,6} \S|```|[-*+] \S|\d+\. \S|> \S|\|.*\||!?\[.+\]\(.+\))/;
const configLine = /^(?:\[[^\]]+\]|[\w.-]+\s*[:=]\s*\S.*|[;#].*)$/;
const logLine = /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|^\w{3} +\d+ \d\d:\d\d:\d\d|^(?:DEBUG|INFO|WARN(?:ING)?|ERROR)\b/;

function kindOfXml(beginning: string): string {
  if (/<feed\b/.test(beginning)) return 'an Atom feed';
  if (/<rss\b|<rdf:RDF\b[^>]*\bpurl\.org\/rss\//i.test(beginning)) return 'an RSS feed';
  if (/<rdf:RDF\b/.test(beginning)) return 'RDF';
  if (/<xml>\s*<records>/.test(beginning)) return 'an EndNote XML file';
  if (/<svg\b/.test(beginning)) return 'an SVG picture';
  return 'XML';
}

/**
 * Says what a text that is of none of our formats seems to be, in words that complete
 * "It seems to be …". Judges by the beginning.
 * @returns null when it is text without any such structure
 */
export function guessTextKind(beginning: string): string | null {
  const text = beginning.trimStart();
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  const [head = ''] = lines;
  // A capture may quote markup in a title or an abstract: a page of markup begins with it.
  const inTags = text.startsWith('<') && share(lines.slice(0, 100), (line) => /^\s*<[/!?a-zA-Z]/.test(line)) > 0.6;
  if (/^<!doctype html|^<html\b/i.test(text) || (inTags && /<(?:head|body|div|p|span|script|ul|table)\b/i.test(text))) {
    return 'an HTML page';
  }
  if (/^<\?xml/.test(text) || inTags) return kindOfXml(text.slice(0, 5000));
  if (/^[[{]\s*(?:["[{\]}\d]|true|false|null|-)/.test(text)) {
    return lines.length > 1 && share(lines.slice(0, 20), (line) => /^\{.*\}\s*$/.test(line)) > 0.9
      ? 'JSON lines'
      : 'JSON';
  }
  if (/^%PDF-/.test(text)) return 'a PDF document';
  if (/^%!PS/.test(text)) return 'a PostScript document';
  if (/^\s*@(?:(?:string|comment|preamble)\s*[{(]|[a-z]+\s*[{(]\s*[^\s,{}()=]+\s*,)/im.test(text.slice(0, 5000)))
    return 'BibTeX';
  if (/^TY {2}- /m.test(text.slice(0, 5000))) return 'RIS';
  if (/^PMID- *\d/m.test(text.slice(0, 5000))) return 'a MEDLINE (PubMed) file';
  if (/^%0 [A-Z]/.test(text)) return 'an EndNote tagged file';
  if (/^FN .*\nVR /.test(text)) return 'a Web of Science file';
  if (/^\{\\rtf/.test(text)) return 'a Rich Text document';
  if (/^From: <Saved by |^MIME-Version: .*\nContent-Type: multipart\/related/m.test(text.slice(0, 1000)))
    return 'a web archive (MHTML)';
  if (/\\documentclass|\\begin\{document\}/.test(text)) return 'a LaTeX document';
  if (
    /^(?:From|To|Subject|Received|Return-Path|Date|MIME-Version): .*$/m.test(head) &&
    lines.length > 2 &&
    /: /.test(lines[1] ?? '')
  )
    return 'an e-mail message';
  if (/^(?:diff --git|--- a\/|Index: )/m.test(text.slice(0, 2000))) return 'a patch';
  if (head.startsWith('#!')) return 'a script';
  const short = lines.slice(0, 400);
  if (share(short, (line) => logLine.test(line)) > 0.6) return 'a log';
  const sections = short.filter((line) => /^\[[^\]]+\]\s*$/.test(line)).length;
  if (sections > 0 && share(short, (line) => configLine.test(line)) > 0.85) return 'a settings file';
  if (share(short, (line) => codeLine.test(line)) > 0.35) return 'source code';
  const headings = short.filter((line) => /^#{1,6} \S/.test(line)).length;
  if (headings >= 1 && share(short, (line) => markdownLine.test(line)) > 0.12) return 'a Markdown document';
  if (isDelimited(lines, '\t')) return 'a table of tab-separated values';
  if (isDelimited(lines, ';')) return 'a table of values separated by semicolons';
  if (isDelimited(lines, ',')) return 'a table of comma-separated values';
  if (lines.length >= 3 && share(short, (line) => configLine.test(line)) > 0.85) return 'a settings file';
  if (lines.length >= 5 && share(short, (line) => line.trim().split(/\s+/).length <= 2) > 0.9) return 'a list of words';
  return null;
}
