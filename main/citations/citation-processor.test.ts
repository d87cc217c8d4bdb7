import { expect, test } from 'vitest';
import { type CitedPaper, cslItem } from '../exporters/csl-item.ts';
import { type ProcessedStyle, processCitations } from './citation-processor.ts';

const paper = (said: Partial<CitedPaper>): CitedPaper => ({
  ...{ title: 'Untitled', authors: [], published: null, arxivId: null, doi: null, venue: null },
  ...{ journalReference: null, links: [], kind: null },
  ...said,
});

const cite = async (style: ProcessedStyle, said: Partial<CitedPaper>) =>
  processCitations([cslItem(paper(said), 'one')], style);

const journal = {
  title: 'Deep learning',
  authors: ['Yann LeCun', 'Yoshua Bengio', 'Geoffrey Hinton'],
  ...{ published: '2015-05-28', venue: 'Nature', journalReference: '521(7553), 436–444', kind: 'article' },
  doi: '10.1038/nature14539',
};
const conference = {
  title: 'Deep residual learning for image recognition',
  authors: ['Kaiming He', 'Xiangyu Zhang', 'Shaoqing Ren', 'Jian Sun'],
  ...{ published: '2016', venue: 'Proceedings of the IEEE Conference on Computer Vision', kind: 'inproceedings' },
};
const preprint = {
  title: 'GPT-4 technical report',
  authors: ['OpenAI'],
  published: '2023-03-15',
  arxivId: '2303.08774',
};
const two = { ...journal, authors: ['Ludwig van Beethoven', 'Martin Luther King Jr.'], doi: null };
const one = { ...journal, authors: ['Ada Okafor'], doi: null };
const undated = { title: 'No date at all', authors: ['Ada Okafor'], arxivId: '2401.00001' };
const nameless = { title: 'Nobody wrote this', published: '2020', venue: 'Nature', kind: 'article' };
const chinese = { title: '深度学习', authors: ['张三'], published: '2020', venue: '学报', kind: 'article' };
const russian = {
  title: 'Об одной задаче',
  authors: ['Иван Петров'],
  published: '1999',
  venue: 'Успехи',
  kind: 'article',
};
const thesis = { title: 'On trees', authors: ['Ada Okafor'], published: '2019', venue: 'MIT', kind: 'phdthesis' };
const many = {
  ...{ title: 'Many hands', published: '2021', venue: 'Nature', kind: 'article' },
  authors: Array.from({ length: 25 }, (_, at) => `Ann B${String.fromCharCode(97 + at)}`),
};

test.each<[ProcessedStyle, string, Partial<CitedPaper>, string]>([
  // The manual's own example of a journal article with a DOI, in our words: authors, (year). Title. Journal, volume(issue), pages.
  [
    'apa',
    'a journal article',
    journal,
    'LeCun, Y., Bengio, Y., & Hinton, G. (2015). Deep learning. Nature, 521(7553), 436–444. https://doi.org/10.1038/nature14539',
  ],
  [
    'apa',
    'a conference',
    conference,
    'He, K., Zhang, X., Ren, S., & Sun, J. (2016). Deep residual learning for image recognition. Proceedings of the IEEE Conference on Computer Vision.',
  ],
  [
    'apa',
    'a preprint',
    preprint,
    'OpenAI. (2023). GPT-4 technical report (No. arXiv:2303.08774). arXiv. https://arxiv.org/abs/2303.08774',
  ],
  [
    'apa',
    'two authors',
    two,
    'van Beethoven, L., & King, M. L., Jr. (2015). Deep learning. Nature, 521(7553), 436–444.',
  ],
  ['apa', 'one author', one, 'Okafor, A. (2015). Deep learning. Nature, 521(7553), 436–444.'],
  [
    'apa',
    'no date',
    undated,
    'Okafor, A. (n.d.). No date at all (No. arXiv:2401.00001). arXiv. https://arxiv.org/abs/2401.00001',
  ],
  ['apa', 'no authors', nameless, 'Nobody wrote this. (2020). Nature.'],
  ['apa', 'Chinese', chinese, '张三. (2020). 深度学习. 学报.'],
  ['apa', 'Russian', russian, 'Петров, И. (1999). Об одной задаче. Успехи.'],
  [
    'apa',
    '25 authors',
    many,
    'Ba, A., Bb, A., Bc, A., Bd, A., Be, A., Bf, A., Bg, A., Bh, A., Bi, A., Bj, A., Bk, A., Bl, A., Bm, A., Bn, A., Bo, A., Bp, A., Bq, A., Br, A., Bs, A., … By, A. (2021). Many hands. Nature.',
  ],
  [
    'mla',
    'a journal article',
    journal,
    'LeCun, Yann, et al. “Deep Learning.” Nature, vol. 521, no. 7553, May 2015, pp. 436–44, https://doi.org/10.1038/nature14539.',
  ],
  [
    'mla',
    'a conference',
    conference,
    'He, Kaiming, et al. “Deep Residual Learning for Image Recognition.” Proceedings of the IEEE Conference on Computer Vision, 2016.',
  ],
  [
    'mla',
    'a preprint',
    preprint,
    'OpenAI. GPT-4 Technical Report. arXiv:2303.08774, arXiv, 15 Mar. 2023, https://arxiv.org/abs/2303.08774.',
  ],
  [
    'mla',
    'two authors',
    two,
    'van Beethoven, Ludwig, and Martin Luther King Jr. “Deep Learning.” Nature, vol. 521, no. 7553, May 2015, pp. 436–44.',
  ],
  ['mla', 'one author', one, 'Okafor, Ada. “Deep Learning.” Nature, vol. 521, no. 7553, May 2015, pp. 436–44.'],
  ['mla', 'no authors', nameless, '“Nobody Wrote This.” Nature, 2020.'],
  ['mla', 'Russian', russian, 'Петров, Иван. “Об одной задаче.” Успехи, 1999.'],
  ['mla', '25 authors', many, 'Ba, Ann, et al. “Many Hands.” Nature, 2021.'],
  [
    'chicago',
    'a journal article',
    journal,
    'LeCun, Yann, Yoshua Bengio, and Geoffrey Hinton. 2015. “Deep Learning.” Nature 521 (7553): 436–44. https://doi.org/10.1038/nature14539.',
  ],
  [
    'chicago',
    'a conference',
    conference,
    'He, Kaiming, Xiangyu Zhang, Shaoqing Ren, and Jian Sun. 2016. “Deep Residual Learning for Image Recognition.” In Proceedings of the IEEE Conference on Computer Vision.',
  ],
  [
    'chicago',
    'a preprint',
    preprint,
    'OpenAI. 2023. “GPT-4 Technical Report.” arXiv. https://arxiv.org/abs/2303.08774.',
  ],
  [
    'chicago',
    'two authors',
    two,
    'Beethoven, Ludwig van, and Martin Luther King Jr. 2015. “Deep Learning.” Nature 521 (7553): 436–44.',
  ],
  ['chicago', 'no date', undated, 'Okafor, Ada. n.d. “No Date at All.” arXiv. https://arxiv.org/abs/2401.00001.'],
  ['chicago', 'no authors', nameless, '“Nobody Wrote This.” 2020. Nature.'],
  [
    'chicago',
    '25 authors',
    many,
    'Ba, Ann, Ann Bb, Ann Bc, Ann Bd, Ann Be, Ann Bf, Ann Bg, et al. 2021. “Many Hands.” Nature.',
  ],
  [
    'ieee',
    'a journal article',
    journal,
    '[1] Y. LeCun, Y. Bengio, and G. Hinton, “Deep learning,” Nature, vol. 521, no. 7553, pp. 436–444, May 2015, doi: 10.1038/nature14539.',
  ],
  [
    'ieee',
    'a conference',
    conference,
    '[1] K. He, X. Zhang, S. Ren, and J. Sun, “Deep residual learning for image recognition,” in Proceedings of the IEEE Conference on Computer Vision, 2016.',
  ],
  [
    'ieee',
    'a preprint',
    preprint,
    '[1] OpenAI, “GPT-4 technical report,” Mar. 15, 2023, arXiv: arXiv:2303.08774. [Online]. Available: https://arxiv.org/abs/2303.08774',
  ],
  [
    'ieee',
    'two authors',
    two,
    '[1] L. van Beethoven and M. L. King Jr., “Deep learning,” Nature, vol. 521, no. 7553, pp. 436–444, May 2015.',
  ],
  ['ieee', 'no authors', nameless, '[1] “Nobody wrote this,” Nature, 2020.'],
  ['ieee', 'Chinese', chinese, '[1] 张三, “深度学习,” 学报, 2020.'],
  ['ieee', 'a thesis', thesis, '[1] A. Okafor, “On trees,” PhD thesis, MIT, 2019.'],
  ['ieee', '25 authors', many, '[1] A. Ba et al., “Many hands,” Nature, 2021.'],
])('%s cites %s', async (style, _, said, citation) => {
  expect((await cite(style, said)).text).toBe(citation);
});

const hostile = [
  '<script>alert(1)</script>',
  '<i onclick="x()">y</i>',
  '<span style="background:url(https://evil.example)">z</span>',
  '&lt;b&gt; &amp; "quoted" <b>bold</b>',
  '<a href="javascript:alert(1)">w</a>',
  'a\ufdd0b\ufdd1c <![CDATA[ -->',
  '$x<y>z$ \\emph{<u>}',
];

test.each([
  'apa',
  'mla',
  'chicago',
  'ieee',
] as const)('nothing that a paper says becomes an element in %s', async (style) => {
  for (const text of hostile) {
    const said = {
      ...{
        title: text,
        authors: [text, 'Ada Okafor'],
        venue: text,
        journalReference: `1(2), ${text}`,
        kind: 'article',
      },
      ...{
        published: '2020',
        doi: `10.1000/${text}`,
        links: [{ kind: 'other' as const, label: text, url: 'https://x.example/"><b>' }],
      },
    };
    const { html } = await cite(style, said);
    const rest = html.replaceAll(/<\/?(?:i|b|sup|sub)>|<a href="https?:[^"<>]*">|<\/a>|<br>/g, '');
    expect(rest).not.toMatch(/[<>"]/);
    for (const [, address = ''] of html.matchAll(/<a href="([^"]*)"/g)) {
      expect(address).toMatch(/^https:\/\/doi\.org\/10\.1000\/\S+$/);
    }
  }
});

test.each(['apa', 'mla', 'chicago', 'ieee'] as const)('names that every object has are names in %s', async (style) => {
  for (const word of ['__proto__', 'constructor', 'to.String', 'hasOwnProperty']) {
    const said = { title: word, authors: [word, `Ada ${word}`, `${word} Okafor`], venue: word };
    const { text, html } = await cite(style, said);
    expect(text.toLowerCase()).toContain(word.toLowerCase());
    expect(text + html).not.toMatch(/\p{Noncharacter_Code_Point}/u);
  }
  const { text } = await cite(style, { title: 'After them', authors: ['Ada Okafor'] });
  expect(text).toMatch(/Okafor.*After them/i);
});

test('a list is in the order of its style, and HTML says the same as text', async () => {
  const items = [preprint, journal].map((said, at) => cslItem(paper(said), String(at)));
  const { text, html } = await processCitations(items, 'apa');
  expect(text.split('\n').map((line) => line.slice(0, 6))).toEqual(['LeCun,', 'OpenAI']);
  expect(html).toContain('<i>Nature</i>, <i>521</i>(7553), 436–444. <a href="https://doi.org/10.1038/nature14539">');
  expect(html.split('<br>\n')).toHaveLength(2);
});
