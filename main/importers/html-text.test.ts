import { describe, expect, test } from 'vitest';
import { htmlToMarkdown, markupToLine, markupToText } from './html-text.ts';

describe('markup becomes text', () => {
  test.each([
    ['<jats:p>We measure <jats:italic>things</jats:italic> &amp; more.</jats:p>', 'We measure things & more.'],
    ['<jats:title>Abstract</jats:title><jats:p>One.</jats:p><jats:p>Two.</jats:p>', 'Abstract\n\nOne.\n\nTwo.'],
    ['H<sub>2</sub>O at 10<sup>3</sup>&#8201;K', 'H2O at 103 K'],
    ['One<br/>two<script>alert("x")</script>', 'One two'],
    ['<p class="a">Fish &lt; whales</p>', 'Fish < whales'],
    [
      '<jats:inline-formula><jats:alternatives><jats:tex-math>$x^2$</jats:tex-math><mml:math><mml:mi>x</mml:mi></mml:math></jats:alternatives></jats:inline-formula>',
      '$x^2$',
    ],
  ])('%s', (markup, text) => {
    expect(markupToText(markup)).toBe(text);
  });

  test.each([
    'if $a<b and c>d$ then p<0.05',
    'x <y> z',
    'AT&T, R&D; a&b',
    '1 < 2 > 0',
    'ends with <',
    'List<int> and <unk>',
  ])('%j is none', (text) => {
    expect(markupToText(text)).toBe(text);
  });

  test('a title is one line', () => {
    expect(markupToLine('<i>Escherichia\n coli</i> &amp; others')).toBe('Escherichia coli & others');
  });

  test('neither depth nor length of anything takes time', () => {
    const started = performance.now();
    for (const piece of [
      '<',
      '<p',
      '<p ',
      '<p a=',
      '&',
      '&#',
      '<!--',
      '<p a="',
      '<b a=b ',
      '</',
      '<p>',
      '<li>',
      '<b>',
      '<ul>',
    ]) {
      const text = piece.repeat(20_000);
      markupToText(text);
      htmlToMarkdown(text);
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

test('a note in HTML becomes Markdown', () => {
  expect(
    htmlToMarkdown(
      '<div data-schema-version="8"><h2>Plan</h2><p>Read <strong>this</strong> and <a href="https://example.org/x">that</a>.<br>Soon.</p>' +
        '<ul><li>first</li><li><p>second</p><ol><li>inner</li><li>last</li></ol></li></ul><blockquote><p>Quoted.</p></blockquote>' +
        '<p><a href="javascript:alert(1)">bad</a> &lt;ok&gt;</p></div>',
    ),
  ).toBe(
    '## Plan\n\nRead **this** and [that](https://example.org/x).\nSoon.\n\n- first\n- second\n  1. inner\n  2. last\n\n> Quoted.\n\nbad <ok>',
  );
  expect(htmlToMarkdown('plain *text*\n\n- as it is')).toBe('plain *text*\n\n- as it is');
});
