import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { evaluatedInScript, foreignInStyle, inlineInPage } from './inline.ts';

const root = dirname(dirname(import.meta.dirname));
const page = readFileSync(join(root, 'renderer/index.html'), 'utf8');

test('the page, as it is written, has nothing inline and nothing from elsewhere', () => {
  expect(inlineInPage(page)).toEqual([]);
  expect(page).toContain('<script type="module" src="./main.tsx"></script>');
});

test('its build puts no file into another, and adds no script of its own', () => {
  const config = readFileSync(join(root, 'vite.config.ts'), 'utf8');
  expect(config).toMatch(/^ +assetsInlineLimit: 0,$/m);
  expect(config).toMatch(/^ +modulePreload: \{ polyfill: false \},$/m);
});

describe('what is inline in a page is found', () => {
  test.each([
    '<script>alert(1)</script>',
    '<script type="module" src="./a.js">alert(1)</script>',
    '<SCRIPT\n>alert(1)</SCRIPT>',
    '<style>p { color: red }</style>',
    '<p style="color: red">',
    '<body onload="x()">',
    '<img src="a.png" onerror=x()>',
    '<a href="javascript:x()">',
    '<img src="data:image/png;base64,x">',
    '<script src="https://example.org/x.js"></script>',
    '<link rel="stylesheet" href=//example.org/x.css>',
    '<iframe src="a.html"></iframe>',
    '<iframe srcdoc="x"></iframe>',
    '<webview src="a.html" allowpopups></webview>',
    '<base href="/x/">',
    '<object data="a.swf"></object>',
    '<script nonce="x" src="a.js"></script>',
  ])('%s', (html) => {
    expect(inlineInPage(page.replace('<div id="root"></div>', html))).not.toEqual([]);
  });
});

test('text that becomes script is found', () => {
  expect(evaluatedInScript('const a = eval("x"), b = new Function("x"); document.write(b)')).toHaveLength(3);
  expect(evaluatedInScript('retrieval(x); newFunction(); const f = function () {}')).toEqual([]);
});

test('a style sheet that takes something from elsewhere is found', () => {
  expect(foreignInStyle('@import "x.css"; a { background: url(data:x) } b { src: url("//x/y") }')).toHaveLength(3);
  expect(foreignInStyle('@font-face { src: url(./a.woff2) } a { background: url("../b.svg") }')).toEqual([]);
});
