import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosenValue, filterOffered, printChoice, readChoice } from './choice-text.ts';

test('several values survive the URL, commas and percent signs too', () => {
  for (const values of [[], ['a'], ['a,b', '100%', 'c%2C']]) assert.deepEqual(readChoice(printChoice(values)), values);
});

test('all is what is offered', () => {
  const offered = ['a', 'b'];
  assert.deepEqual(chosenValue({ multi: true, includeAll: true }, '$__all', offered), offered);
  assert.deepEqual(chosenValue({ multi: true, includeAll: false }, 'a,b', offered), ['a', 'b']);
  assert.equal(chosenValue({ multi: false, includeAll: false }, 'a,b', offered), 'a,b');
});

test('a pattern keeps values, its group is the value', () => {
  const values = ['up{host="a"} 1', 'up{host="b"} 1', 'other'];
  assert.deepEqual(filterOffered(values, '/host="([^"]+)"/'), ['a', 'b']);
  assert.deepEqual(filterOffered(values, '/OTH/i'), ['other']);
  assert.deepEqual(filterOffered(values, '('), values);
  assert.deepEqual(filterOffered(values, 'host="(?<value>[^"]+)"'), ['a', 'b']);
});
