import { expect, test } from 'vitest';
import { Notices } from './notices.ts';

test('what has been read is not told again, unless it happens again', () => {
  const notices = new Notices(['The folder was moved.']);
  notices.tell('The disk is full.');
  const all = () => notices.unread(['A line was torn.'], ['The papers are back.']);
  expect(all()).toEqual(['A line was torn.', 'The folder was moved.', 'The disk is full.', 'The papers are back.']);
  notices.dismiss(['A line was torn.', 'The disk is full.', 'The papers are back.']);
  expect(all()).toEqual(['The folder was moved.']);
  notices.tell('The disk is full.');
  notices.tell('The disk is full.');
  expect(all()).toEqual(['The folder was moved.', 'The disk is full.']);
});
