import { createHash } from 'node:crypto';
import type { ExportedPaper } from '../../shared/offprint-export.ts';
import { statusLabels } from '../../shared/paper.ts';
import { dayOf, inPieces, type TextExporter } from './exporter.ts';
import { htmlLink, htmlOfMarkdown, htmlText } from './html-text.ts';

const style = `
:root{color-scheme:light dark;--paper:light-dark(#fbf9f4,#1c1a17);--ink:light-dark(#2a2520,#e9e5dd);--soft:light-dark(#645c53,#b0a99e);--line:light-dark(#e4dfd5,#38342e);--accent:light-dark(#a83a1c,#f0926e)}
*{box-sizing:border-box}
body{margin:0;padding:3rem 1.5rem 4rem;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 "Source Serif 4","Iowan Old Style","Palatino Linotype",Palatino,Georgia,serif;hyphens:auto;overflow-wrap:break-word}
main,header.page,footer{max-width:36rem;margin-inline:auto}
header.page,footer,.authors,.facts,h3{font-family:Inter,system-ui,sans-serif}
header.page{padding-bottom:1rem;border-bottom:1px solid var(--line);color:var(--soft);font-size:.8125rem}
h1{margin:0;font-size:inherit;font-weight:600;color:var(--ink)}
header.page p,footer p{margin:0}
article{padding-block:2.25rem;border-bottom:1px solid var(--line)}
h2{margin:0 0 .5rem;font-size:1.5rem;line-height:1.25;font-weight:600;text-wrap:balance;hyphens:manual}
h3{margin:1.5rem 0 .25rem;font-size:.75rem;font-weight:600;color:var(--soft)}
h4,h5,h6{margin:1.25rem 0 .25rem;font-size:1rem}
.authors,.facts{margin:0 0 .375rem;padding:0;font-size:.8125rem;line-height:1.5;color:var(--soft)}
.facts{display:flex;flex-wrap:wrap;gap:0 1rem;list-style:none}
p{margin:0 0 .75rem}
.abstract{margin-top:1.25rem}
.abstract p:last-child,.note :last-child{margin-bottom:0}
.note{padding-inline-start:1rem;border-inline-start:2px solid var(--accent)}
a{color:var(--accent);text-underline-offset:.15em;text-decoration-thickness:1px}
a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
pre{overflow-x:auto;font-size:.8125rem;line-height:1.5}
blockquote{margin:0 0 .75rem;padding-inline-start:1rem;color:var(--soft)}
footer{padding-top:1rem;font-size:.75rem;color:var(--soft)}
@media print{:root{color-scheme:light}body{padding:0;background:none;font-size:10.5pt}main,header.page,footer{max-width:none}article{break-inside:auto}h2,h3,.authors,.facts{break-after:avoid}a{color:inherit}}
`;

/** Nothing is loaded and nothing runs, but for the one style sheet, which is known by what it says. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function head(exportedAt: number): string {
  const day = dayOf(exportedAt);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Papers, ${day}</title>
<style>${style}</style>
</head>
<body>
<header class="page"><h1>Papers</h1><p>${day}</p></header>
<main>
`;
}

function list(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul class="facts">${items.map((item) => `<li>${item}</li>`).join('')}</ul>\n`;
}

function articleOf(paper: ExportedPaper, notes: boolean): string {
  const { arxivId, doi, links, published, venue, journalReference, comment } = paper;
  const where = [published, venue, journalReference, comment].filter((fact) => fact !== null && fact !== '');
  const addresses = [
    ...(arxivId === null ? [] : [{ words: `arXiv:${arxivId}`, url: `https://arxiv.org/abs/${arxivId}` }]),
    ...(doi === null ? [] : [{ words: `doi:${doi}`, url: `https://doi.org/${encodeURI(doi.toWellFormed())}` }]),
    ...links.map(({ label, url }) => ({ words: label || url, url })),
  ];
  const once = addresses.filter(({ url }, index) => addresses.findIndex((other) => other.url === url) === index);
  const marks = notes
    ? [
        ...(paper.status === 'unread' ? [] : [statusLabels[paper.status]]),
        ...(paper.starred ? ['★ Starred'] : []),
        ...paper.tags.map((tag) => `#${htmlText(tag)}`),
      ]
    : [];
  const paragraphs = (paper.abstract ?? '').split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
  const quotes = notes
    ? paper.highlights.map(({ quote }) => `<blockquote dir="auto">${htmlText(quote)}</blockquote>\n`)
    : [];
  return [
    '<article>\n',
    `<h2 dir="auto">${htmlText(paper.title)}</h2>\n`,
    paper.authors.length === 0 ? '' : `<p class="authors" dir="auto">${htmlText(paper.authors.join(', '))}</p>\n`,
    list(where.map((fact) => htmlText(fact ?? ''))),
    list(once.map(({ words, url }) => htmlLink(htmlText(words), url))),
    list(marks),
    paragraphs.length === 0 ? '' : '<div class="abstract" dir="auto">\n',
    ...paragraphs.map((paragraph) => `<p>${htmlText(paragraph)}</p>\n`),
    paragraphs.length === 0 ? '' : '</div>\n',
    quotes.length === 0 ? '' : '<h3>Highlights</h3>\n',
    ...quotes,
    notes && paper.note.trim() !== ''
      ? `<h3>Note</h3>\n<div class="note" dir="auto">\n${htmlOfMarkdown(paper.note)}</div>\n`
      : '',
    '</article>\n',
  ].join('');
}

/** One page to send to somebody or to print: light and dark, no scripts, nothing from anywhere else. */
export const html: TextExporter = (papers, { notes, exportedAt }) =>
  inPieces(papers, {
    begin: head(exportedAt),
    paper: (paper) => articleOf(paper, notes),
    end: (count) =>
      `</main>\n<footer><p>${count === 1 ? '1 paper' : `${count} papers`}</p></footer>\n</body>\n</html>\n`,
  });
