import { expect, test } from 'vitest';
import { guessBinaryKind, guessTextKind } from './guess-kind.ts';
import { ofNoFormat } from './not-of-format.ts';

test.each<[string, string | null]>([
  ['<?xml version="1.0"?>\n<rss version="2.0"><channel/></rss>', 'an RSS feed'],
  ['<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"/>', 'an Atom feed'],
  ['<?xml version="1.0"?>\n<xml><records><record/></records></xml>', 'an EndNote XML file'],
  ['<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="x"></rdf:RDF>', 'RDF'],
  ['<svg xmlns="http://www.w3.org/2000/svg"></svg>', 'an SVG picture'],
  ['%PDF-1.4\n1 0 obj\n', 'a PDF document'],
  ['%!PS-Adobe-3.0\n', 'a PostScript document'],
  ['\nPMID- 12345\nTI  - Mosses\n', 'a MEDLINE (PubMed) file'],
  ['%0 Journal Article\n%T Mosses\n', 'an EndNote tagged file'],
  ['FN Clarivate Analytics Web of Science\nVR 1.0\n', 'a Web of Science file'],
  ['From: <Saved by Blink>\nSubject: Daily Papers\nMIME-Version: 1.0\n', 'a web archive (MHTML)'],
  ['Mosses remember drought.', null],
])('%j is told', (text, kind) => {
  expect(guessTextKind(text)).toBe(kind);
});

test.each<[Uint8Array, string | null]>([
  [Buffer.from('....ftypmp42', 'latin1'), 'a video or a picture'],
  [Buffer.from('RIFF....WEBPVP8', 'latin1'), 'a WebP picture'],
  [Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), 'text in UTF-32'],
  [Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1'), 'a 7z archive'],
  [Buffer.from([1, 2, 3]), null],
])('%j is told by its bytes', (bytes, kind) => {
  expect(guessBinaryKind(bytes)).toBe(kind);
});

test('what is of a kind that we know, and holds no papers, is refused in these words', () => {
  expect(ofNoFormat('package.json', '{"name": "offprint"}').message).toBe(
    'package.json is not something Offprint can import: it seems to be JSON, and holds no papers in a form that ' +
      'Offprint knows. Nothing was imported.',
  );
  expect(ofNoFormat('a.pdf', '%PDF-1.4\n').message).toMatch(/it seems to be a PDF document\. Nothing/);
});
