// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { isTyping, ownsStroke } from './typing.ts';

beforeEach(() => {
  document.body.innerHTML = `
    <input id="text"><input id="search" type="search"><input id="check" type="checkbox">
    <textarea id="area"></textarea><select id="select"></select>
    <div contenteditable="true"><p id="editable">x</p></div>
    <button id="button"><span id="inside">x</span></button>
    <div id="split" role="separator" tabindex="0"></div>
    <div data-pane="reader"><article id="article" tabindex="0"></article></div>
    <div id="grid" role="grid" tabindex="0"></div>`;
});

function at(id: string) {
  return document.getElementById(id);
}

describe('isTyping', () => {
  it.each(['text', 'search', 'area', 'select', 'editable'])('is true in %s', (id) => {
    expect(isTyping(at(id))).toBe(true);
  });
  it.each(['check', 'button', 'grid', 'article'])('is false in %s', (id) => {
    expect(isTyping(at(id))).toBe(false);
  });
  it('is false nowhere in particular', () => {
    expect(isTyping(null)).toBe(false);
    expect(isTyping(document)).toBe(false);
  });
});

describe('ownsStroke', () => {
  it.each([
    ['button', 'Space', true],
    ['inside', 'Enter', true],
    ['button', 'j', false],
    ['button', 'ArrowDown', false],
    ['check', 'Space', true],
    ['split', 'ArrowLeft', true],
    ['split', 'Space', false],
    ['article', 'ArrowDown', true],
    ['article', 'Shift+End', true],
    ['article', 'Space', false],
    ['article', 'j', false],
    ['grid', 'ArrowDown', false],
    ['grid', 'Space', false],
  ])('%s and %s: %s', (id, stroke, owned) => {
    expect(ownsStroke(at(id), stroke)).toBe(owned);
  });
});
