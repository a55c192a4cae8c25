import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AggregationRule, DropRule, RewriteRule } from '#core/api/ingest-rules.ts';
import { canonicalKey } from '#core/model/labels.ts';
import { NO_RULES, type ThreadRules } from '#pipeline/protocol.ts';
import { SeriesCatalogue } from '../series-catalogue.ts';
import { loadSeriesHash } from '../series-hash.ts';
import { canonicalSpelling } from '../series-name.ts';
import { SeriesRules } from './series-rules.ts';

const hash = await loadSeriesHash();

function thread(rules: Partial<ThreadRules>) {
  const catalogue = new SeriesCatalogue(hash, { maxSeries: 100, maxSeriesPerSource: 100 });
  const ruled = new SeriesRules(catalogue);
  ruled.set({ ...NO_RULES, ...rules });
  catalogue.onNew = (ordinal) => ruled.onNew(ordinal);
  const see = (key: string): number => {
    const bytes = Buffer.from(key);
    return catalogue.resolve(bytes, 0, bytes.length, { series: 0 }, canonicalSpelling);
  };
  const storedAs = (key: string): string => {
    const target = ruled.target(see(key));
    return target < 0 ? catalogue.refusal : catalogue.key(target);
  };
  return { catalogue, ruled, see, storedAs };
}

const rewrite = (stage: 'pre' | 'post', pattern: string, replacement: string): RewriteRule =>
  RewriteRule.parse({ stage, pattern, replacement });

test('series are stored under the name that the rules of both stages give', () => {
  const { storedAs } = thread({ rewrites: [rewrite('post', '\\.b$', '.c'), rewrite('pre', '^a\\.', 'x.')] });
  assert.equal(storedAs('a.b'), 'x.c');
  assert.equal(storedAs('y.z'), 'y.z');
  const labelled = (name: string, host: string): string => canonicalKey({ __name__: name, host });
  assert.equal(storedAs(labelled('a.m', 'w')), labelled('x.m', 'w'), 'tags stand as ;tag=value');
  assert.equal(storedAs(labelled('a.m', 'w;b')), labelled('a.m', 'w;b'), 'what Graphite cannot spell stays');
});

test('a name that a rule has given is not rewritten again, and what is no name is refused', () => {
  const { storedAs, catalogue } = thread({ rewrites: [rewrite('pre', '^a', 'aa'), rewrite('pre', '^gone$', '')] });
  assert.equal(storedAs('a.b'), 'aa.b');
  assert.equal(catalogue.size, 2);
  assert.equal(storedAs('gone'), 'bad_key');
});

test('aggregation sees names after the first stage, and what it writes goes through the second', () => {
  const sum = AggregationRule.parse({ output: 'all.<x>', frequency: 60, method: 'sum', input: 'new.<x>' });
  const { ruled, see } = thread({
    aggregations: [sum],
    rewrites: [rewrite('pre', '^old', 'new'), rewrite('post', '^all', 'total')],
  });
  ruled.aggregate(see('old.a'), 0, 2);
  const out: unknown[] = [];
  ruled.flush(0, (...written) => void out.push(written), true);
  assert.deepEqual(out, [['total.a', 0, 2]]);
});

test('drop rules name series by what was sent and by what is stored', () => {
  const drops = ['a.b', 'y.c'].map((selector) => DropRule.parse({ selector }));
  const { ruled, see } = thread({ drops, rewrites: [rewrite('pre', '^[ax]\\.', 'y.')] });
  assert.deepEqual(
    ['a.b', 'x.c', 'x.d'].map((key) => ruled.isDropped(see(key))),
    [true, true, false],
  );
});

test('without rules a series is its own again', () => {
  const { ruled, storedAs } = thread({ rewrites: [rewrite('pre', '^a', 'b')] });
  assert.equal(storedAs('a'), 'b');
  ruled.set(NO_RULES);
  assert.equal(storedAs('a'), 'a');
});
