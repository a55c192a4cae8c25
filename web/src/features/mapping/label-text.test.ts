import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLabels, printLabels } from './label-text.ts';

test('labels are read as they are printed', () => {
  const labels = { host: '$1', cpu: '${2}', eq: 'a=b' };
  assert.deepEqual(parseLabels(printLabels(labels)), labels);
  assert.deepEqual(parseLabels(' host = x, nonsense, =y'), { host: 'x' });
  assert.deepEqual(parseLabels(''), {});
});
