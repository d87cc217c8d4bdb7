import { expect, test } from 'vitest';
import { callNames, eventNames } from '../../shared/contract.ts';
import { argumentsOfNames, namesInArguments } from './bridge-names.ts';

test('the contract’s names come through the arguments of the process', () => {
  const names = { calls: callNames, events: eventNames };
  expect(namesInArguments(['electron', '--type=renderer', ...argumentsOfNames(names), '--x'])).toEqual(names);
});

test('no name needs quoting on any system’s command line', () => {
  for (const name of [...callNames, ...eventNames]) expect(name).toMatch(/^[A-Za-z.]+$/);
});

test.each([
  [],
  ['--offprint-calls=', '--offprint-events='],
  ['--offprint-call=list.open'],
])('without names nothing comes through: %s', (...argv) => {
  expect(namesInArguments(argv)).toEqual({ calls: [], events: [] });
});
