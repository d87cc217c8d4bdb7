import { expect, test } from 'vitest';
import { type SessionStep, SessionSteps } from './session-steps.ts';

const step = (change: number): SessionStep => ({ label: `Change ${change}`, change, undo: async () => null });

test('what was done last comes first, marks and all else in one order', () => {
  const steps = new SessionSteps();
  expect(steps.next(false)).toBeNull();
  const [one, two] = [step(1), step(2)];
  steps.add(one);
  steps.add('marks');
  steps.add(two);
  steps.add('marks');
  for (const expected of ['marks', two, 'marks', one] as const) {
    expect(steps.next(true)).toBe(expected);
    steps.drop(expected);
  }
});

test('the marks’ own history has the last word on whether there is a step of marks', () => {
  const steps = new SessionSteps();
  const one = step(1);
  steps.add(one);
  steps.add('marks');
  expect(steps.next(false)).toBe(one);
  steps.drop(one);
  steps.drop('marks');
  expect(steps.next(true)).toBe('marks');
});

test('a change taken back from the list of changes is not taken back again', () => {
  const steps = new SessionSteps();
  steps.add(step(1));
  steps.add(step(2));
  steps.dropChange(2);
  expect(steps.next(false)).toMatchObject({ change: 1 });
});
