/**
 * What a page carries in itself rather than in files of its own, which its Content-Security-Policy would refuse: script
 * and style within the HTML, handlers and styles as attributes, and `data:` or `javascript:` addresses; and what it
 * would fetch from elsewhere.
 * @param html a whole page
 * @returns each finding as it stands there; none when all of it is in files of the page's own
 */
export function inlineInPage(html: string): string[] {
  const findings: string[] = [];
  for (const [tag, name = '', attributes = ''] of html.matchAll(/<([a-z][\w-]*)((?:\s+[^<>]*)?)>/gi)) {
    const after = html.slice(html.indexOf(tag) + tag.length);
    const isScript = name.toLowerCase() === 'script';
    if (isScript && (!/\ssrc=/i.test(attributes) || !/^\s*<\/script>/i.test(after))) findings.push(tag);
    if (
      ['style', 'iframe', 'frame', 'object', 'embed', 'webview', 'base', 'portal', 'form'].includes(name.toLowerCase())
    )
      findings.push(tag);
    if (/\s(on\w+|style|srcdoc|allowpopups|nonce)(\s*=|\s|$)/i.test(attributes)) findings.push(tag);
    if (/=\s*["']?\s*(\w+:|\/\/)/i.test(attributes)) findings.push(tag);
  }
  return findings;
}

/**
 * What a script of the page has that turns text into script or markup without the page's policy being asked first.
 * @param script a whole script, as built
 */
export function evaluatedInScript(script: string): string[] {
  return [...script.matchAll(/\beval\(|\bnew Function\(|\bimportScripts\(|\bdocument\.write(ln)?\(/g)].map(
    ([found]) => found,
  );
}

/**
 * What a style sheet of the page takes from anywhere but a file beside it.
 * @param css a whole style sheet, as built
 */
export function foreignInStyle(css: string): string[] {
  return [...css.matchAll(/@import[^;]*|url\(\s*["']?\s*(\w+:|\/\/)[^)]{0,80}/gi)].map(([found]) => found);
}
