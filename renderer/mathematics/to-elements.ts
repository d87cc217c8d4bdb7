import { createElement, type ReactNode } from 'react';
import {
  allowedAttributes,
  allowedClasses,
  allowedElements,
  allowedStyles,
  allowedStyleValue,
  allowedValue,
} from './allowed.ts';

/** A formula with more parts than this is no formula of an abstract. */
const mostElements = 3000;
/** Nesting deeper than this is no formula either. */
const deepest = 80;

/** Signs that turn the direction of what follows: `\char"202e` would turn the sentence around. */
const turns = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Where elements of MathML cannot be styled, they are not known either. */
const canBeStyled = 'MathMLElement' in globalThis;

/** A node of the tree that Temml builds; of its properties nothing is taken for granted. */
interface TreeNode {
  type?: unknown;
  text?: unknown;
  attributes?: unknown;
  classes?: unknown;
  style?: unknown;
  children?: unknown;
}

/** What cannot be shown as MathML. */
export class NotShown extends Error {}

/**
 * Turns the parts of a formula that Temml built into React elements: only elements, attributes, classes and styles that
 * are on the lists, and text. No markup is made on the way.
 * @throws {NotShown} where an element is none of these, there is too much of it, or nothing of it would be seen
 */
export function toElements(children: unknown): ReactNode[] {
  let count = 0;
  let isSeen = false;
  const convert = (node: TreeNode, depth: number): ReactNode => {
    count += 1;
    if (count > mostElements || depth > deepest) throw new NotShown('Too much for one formula');
    if (typeof node.text === 'string') {
      if (turns.test(node.text)) throw new NotShown('It would turn the direction of the text');
      isSeen ||= node.text.trim() !== '';
      return node.text;
    }
    const inner = listOf(node.children).map((child) => convert(child, depth + 1));
    if (node.type === undefined) return inner.length === 1 ? inner[0] : createElement('mrow', null, ...inner);
    if (typeof node.type !== 'string' || !allowedElements.has(node.type))
      throw new NotShown(`No part of a formula: ${node.type}`);
    return createElement(node.type, propertiesOf(node), ...inner);
  };
  const elements = partsOf(children).map((child) => convert(child, 0));
  if (!isSeen) throw new NotShown('Nothing of it would be seen');
  return elements;
}

/**
 * Takes the space before a sign that begins a formula, and after one that ends it: `$\\sim 5$` stands in its sentence as a
 * word does, as TeX sets it.
 */
export function withoutOuterSpace(children: unknown): void {
  const [first, last] = [edgeOf(children, 0), edgeOf(children, -1)];
  if (first?.type === 'mo') first.attributes = { ...(first.attributes ?? {}), lspace: '0em' };
  if (last?.type === 'mo') last.attributes = { ...(last.attributes ?? {}), rspace: '0em' };
}

function edgeOf(children: unknown, at: 0 | -1): TreeNode | undefined {
  let node = partsOf(children).at(at);
  for (let depth = 0; depth < deepest && node?.type === 'mrow'; depth += 1) node = listOf(node.children).at(at);
  return node;
}

/**
 * The parts of a formula side by side, of which a line may end behind each. A sign that ends one still stands between two
 * sides; one that is a part by itself goes with what follows it.
 */
function partsOf(children: unknown): TreeNode[] {
  const parts = listOf(children).flatMap((child) =>
    child.type === undefined && typeof child.text !== 'string' ? listOf(child.children) : [child],
  );
  const joined: TreeNode[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    const before = listOf(last?.children);
    if (last?.type === 'mrow' && part.type === 'mrow' && before.length === 1 && before[0]?.type === 'mo') {
      joined.splice(-1, 1, { ...part, children: [...before, ...listOf(part.children)] });
    } else joined.push(part);
  }
  for (const part of joined.slice(0, -1)) {
    const sign = listOf(part.children).at(-1);
    if (part.type === 'mrow' && sign?.type === 'mo') sign.attributes = { form: 'infix', ...(sign.attributes ?? {}) };
  }
  return joined;
}

function listOf(children: unknown): TreeNode[] {
  if (Array.isArray(children)) return children;
  return typeof children === 'object' && children !== null ? [children] : [];
}

function propertiesOf({ attributes, classes, style }: TreeNode): Record<string, unknown> {
  const properties: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (allowedAttributes.has(name) && allowedValue.test(String(value))) properties[name] = String(value);
  }
  const known = (Array.isArray(classes) ? classes : []).filter((name) => allowedClasses.has(name));
  if (known.length > 0) properties['className'] = known.join(' ');
  const styles = Object.entries(style ?? {}).filter(
    ([name, value]) => allowedStyles.has(name) && allowedStyleValue.test(String(value)),
  );
  if (styles.length > 0 && canBeStyled) properties['style'] = Object.fromEntries(styles);
  return properties;
}
