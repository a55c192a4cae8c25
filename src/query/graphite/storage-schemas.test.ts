import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphiteConfig, stepBySchema } from './storage-schemas.ts';

test('the first pattern found in the name gives the step, others have a minute', () => {
  const { schemas } = GraphiteConfig.parse({
    schemas: [
      { pattern: '^carbon\\.', step: '10s' },
      { pattern: 'batch', step: '1h' },
      { pattern: '^batch\\.fast', step: '1s' },
    ],
  });
  const stepOf = stepBySchema(schemas);
  const cases = {
    'carbon.agents.a': 10,
    'x.carbon.a': 60,
    'nightly.batch.rows': 3600,
    'batch.fast': 3600,
    'a;b=c': 60,
  };
  for (const [name, step] of Object.entries(cases)) assert.equal(stepOf(name), step, name);
});

test('what is no pattern or no step is refused', () => {
  const good = { pattern: 'a', step: '60s' };
  const bad = [{ pattern: '(' }, { pattern: 'a(?=b)' }, { step: '0s' }, { step: '1500ms' }, { retention: '1d' }];
  assert.deepEqual(GraphiteConfig.parse({ schemas: [good] }), { schemas: [{ pattern: 'a', step: 60_000 }] });
  for (const change of bad) {
    assert.equal(
      GraphiteConfig.safeParse({ schemas: [{ ...good, ...change }] }).success,
      false,
      JSON.stringify(change),
    );
  }
});
