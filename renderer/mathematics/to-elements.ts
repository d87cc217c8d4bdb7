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
      isSeen ||= node.text.trim() !== '';
      return node.text;
    }
    const inner = listOf(node.children).map((child) => convert(child, depth + 1));
    if (node.type === undefined) return inner.length === 1 ? inner[0] : createElement('mrow', null, ...inner);
    if (typeof node.type !== 'string' || !allowedElements.has(node.type))
      throw new NotShown(`No part of a formula: ${node.type}`);
    return createElement(node.type, propertiesOf(node), ...inner);
  };
  const elements = listOf(children).map((child) => convert(child, 0));
  if (!isSeen) throw new NotShown('Nothing of it would be seen');
  return elements;
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
