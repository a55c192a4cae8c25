import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFunctions } from './index.ts';

const EXPERIMENTAL = `double_exponential_smoothing end first_over_time histogram_quantiles holt_winters info mad_over_time
  max_of min_of range sort_by_label sort_by_label_desc start step ts_of_first_over_time ts_of_last_over_time
  ts_of_max_over_time ts_of_min_over_time`;

test('every function has a name of its own, a sentence of help, and takes what it may leave out last', () => {
  const functions = createFunctions();
  assert.equal(functions.size, 90);
  for (const [name, { help, args, optional, kind }] of functions) {
    assert.match(help, /^\S.*\.$/, name);
    assert.ok(optional >= -1 && optional <= args.length, name);
    assert.equal(kind === 'range' || kind === 'matrix', args.includes('matrix'), name);
  }
});

test('what is experimental is marked', () => {
  const marked = [...createFunctions().values()].filter((fn) => fn.experimental === true).map((fn) => fn.name);
  assert.deepEqual(marked.toSorted(), EXPERIMENTAL.split(/\s+/));
});
