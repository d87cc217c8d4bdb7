import { expect, test } from 'vitest';
import { callNames, eventNames } from '../../shared/contract.ts';
import { argumentOfNames, namesInArguments } from './bridge-names.ts';

test('the contract’s names come through the arguments of the process', () => {
  const names = { calls: callNames, events: eventNames };
  expect(namesInArguments(['electron', '--type=renderer', argumentOfNames(names), '--x'])).toEqual(names);
});

test.each([
  [],
  ['--offprint-names=null'],
  ['--offprint-names={}'],
  ['--offprint-names={"calls":"all","events":[]}'],
  ['--offprint-names={"calls":[1],"events":[]}'],
])('without names nothing comes through: %s', (...argv) => {
  expect(namesInArguments(argv)).toEqual({ calls: [], events: [] });
});
