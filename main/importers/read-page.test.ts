import { expect, test } from 'vitest';
import { paragraphsOf } from './paragraphs.ts';
import { readPage } from './read-page.ts';

const tides =
  'Tidal flats lose mud in winter and gain it in summer. We weighed 40 plots for six years and fit a simple model ' +
  'of wind and worms. Worms explain more than wind does.';
const bees =
  'Dances tell bees how far to fly. But do the followers listen? In a field experiment with 2,400 marked foragers ' +
  'we find that half of them do, and that those who do not are the older ones.';
const titles = ['Worms, Wind and Winter Mud', 'Speech', 'Why do bees dance?'];

/** Titles, each with the paragraphs of its abstract. */
function read(...lines: string[]): [string, ...string[]][] {
  return readPage(paragraphsOf(lines.join('\n\n'))).map(({ title, abstract }) => [
    title.text,
    ...abstract.map(({ text }) => text),
  ]);
}

test.each([
  [['- boiling, with 200 tasks;', '- pouring, with 300 tasks;', '- cleaning.']],
  [['• boiling', '• pouring', '• cleaning up']],
  [['1) We boil water.', '2) We pour it.']],
  [['(a) boiling is hard;', '(b) pouring is harder.']],
])('a list in an abstract is part of it: %j', (list) => {
  const first = 'We release a benchmark of kettles. It has these parts:';
  expect(read('Daily Papers', 'KettleBench', first, ...list, 'Mud', tides)).toEqual([
    ['KettleBench', first, ...list],
    ['Mud', tides],
  ]);
});

test('a page that is a list of titles holds just these', () => {
  const list = titles.map((title) => `- ${title}`);
  expect(read('Daily Papers', ...list)).toEqual(list.map((title) => [title]));
});

test('on a card, the line between the title and "12 authors" is an organisation', () => {
  const cards = titles.flatMap((title, index) => {
    const submitter = index === 1 ? ['Submitted by user'] : ['Submitted by', 'Anna Wall'];
    return [...submitter, `${index + 7}`, title, 'Institute of Kettles', '·', '12 authors', 'GitHub 35'];
  });
  expect(read('Daily Papers', ...cards)).toEqual(titles.map((title) => [title]));
});

test('on the page of one paper, its authors are no papers', () => {
  const authors = ['Authors:', 'Anna Wall', ',', 'Bo Li', ',', 'Chandra van der Berg', 'Abstract'];
  const top = ['Daily Papers', titles[0] ?? '', 'Published on Sep 16', '· Featured in Daily Papers on Sep 17'];
  expect(read(...top, ...authors, tides, 'View arXiv page', 'View PDF')).toEqual([[titles[0], tides]]);
});

test('a line of names under each title is no paper; a single such line might be', () => {
  const names = 'Anna Wall, Bo Li, Chandra van der Berg and J. P. Doe';
  expect(read('Daily Papers', 'Mud', names, tides, 'Speech', 'Bo Li, Yu Wu, Li Wei', bees)).toEqual([
    ['Mud', tides],
    ['Speech', bees],
  ]);
  const topics = 'Prompt Tuning, Instruction Tuning, Adapter Tuning';
  expect(read('Daily Papers', topics, tides, 'Speech', bees)).toEqual([
    [topics, tides],
    ['Speech', bees],
  ]);
});

test('in Chinese, an abstract is as long as it reads', () => {
  const sparse =
    '本文研究大型语言模型中的激活稀疏性。我们提出了一种新的度量方法,并在多个数据集上进行了实验。结果表明该方法优于基线。';
  const weak = '当大型语言模型超过人类水平时,提供全面准确的监督变得越来越困难。我们提出了一个渐进的学习框架。';
  expect(read('Daily Papers', '大型语言模型的稀疏激活规律', sparse, '弱到强的推理', weak)).toEqual([
    ['大型语言模型的稀疏激活规律', sparse],
    ['弱到强的推理', weak],
  ]);
});
