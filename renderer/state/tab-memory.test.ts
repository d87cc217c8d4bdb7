import { expect, it } from 'vitest';
import { TabMemory } from './tab-memory.ts';

function storage(text: string | null = null) {
  return {
    text,
    getItem() {
      return this.text;
    },
    setItem(_key: string, value: string) {
      this.text = value;
    },
  };
}

it('gives back what was kept', () => {
  const place = storage();
  const memory = new TabMemory(() => place);
  expect(memory.read()).toBeNull();
  memory.keep({ paper: 'arxiv:2406.01234', query: 'weak "tool"' });
  expect(memory.read()).toEqual({ paper: 'arxiv:2406.01234', query: 'weak "tool"' });
});

it.each(['{', '"x"', '{"paper":5,"query":""}', '{"paper":"nonsense","query":""}'])('takes %s for nothing', (text) => {
  expect(new TabMemory(() => storage(text)).read()).toBeNull();
});

it('does without a browser that refuses', () => {
  const memory = new TabMemory(() => {
    throw new DOMException('no', 'SecurityError');
  });
  memory.keep({ paper: null, query: '' });
  expect(memory.read()).toBeNull();
});
