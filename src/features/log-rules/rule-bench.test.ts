import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { LogRules } from '#core/api/log-rules.ts';
import { writeMmdb } from '#parsing/geo/testing/write-mmdb.ts';
import { RuleBench } from './rule-bench.ts';

const benches: RuleBench[] = [];
after(async () => {
  for (const bench of benches) await bench.stop();
});

function benchOf(geoip: readonly string[] = []): RuleBench {
  const bench = new RuleBench({ geoip });
  benches.push(bench);
  return bench;
}

const geo = LogRules.parse({ rules: [{ name: 'g', steps: [{ type: 'geoip', field: 'host', prefix: '' }] }] });
/** Takes seconds for 32 KiB. */
const SLOW = '(?<x>(?:a.{0,900})*[^a])';
const signal = new AbortController().signal;
const trial = (host: string) => ({ rules: geo, lines: [{ body: 'x', host }], recognise: false, now: 0 });

test('rules are checked whole: patterns, conditions and steps, also of rules that are off', async () => {
  const rules = LogRules.parse({
    rules: [{ name: 'r', enabled: false, match: { regex: '(' }, steps: [{ type: 'regex', pattern: 'x' }] }],
    patterns: { A: '%{B}', B: '%{A}' },
  });
  const faults = await benchOf().check(rules);
  assert.deepEqual(
    faults.map(({ rule, step }) => [rule, step]),
    [
      [-1, undefined],
      [-1, undefined],
      [0, 0],
      [0, undefined],
    ],
  );
  assert.deepEqual(await benchOf().check(LogRules.parse({})), []);
});

test('GeoIP databases are read when rules need them; without any that is a fault', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-bench-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'x.mmdb');
  await writeFile(path, writeMmdb({ '81.2.69.0/24': { country: { iso_code: 'GB' } } }));
  const { lines } = await benchOf([path]).try(trial('81.2.69.1'), signal);
  assert.equal(lines[0]?.after.fields['country_iso_code'], 'GB');
  const [fault] = (await benchOf().try(trial('81.2.69.1'), signal)).faults;
  assert.match(fault?.message ?? '', /ingest\.geoip/);
});

test('who goes away is not waited for; what fails does not stop the next', async () => {
  const bench = benchOf(['/nowhere/x.mmdb']);
  const gone = new AbortController();
  const first = bench.suggest('a=1', signal);
  const second = bench.suggest('a=1', gone.signal);
  gone.abort();
  await assert.rejects(second, { code: 'cancelled' });
  assert.equal((await first).grok, '^a=%{NUMBER:a}');
  await assert.rejects(bench.try(trial('1.1.1.1'), signal), { code: 'internal', message: /nowhere/ });
  assert.equal((await bench.suggest('b=x', signal)).dissect, 'b=%{b}');
});

test('what does not come to an end is ended, and the next has a thread of its own', async () => {
  const bench = new RuleBench({ geoip: [] }, 4_000);
  benches.push(bench);
  const rules = LogRules.parse({
    rules: [{ name: 'endless', steps: Array.from({ length: 64 }, () => ({ type: 'regex', pattern: SLOW })) }],
  });
  const lines = [{ body: 'a'.repeat(32_000) }];
  const endless = bench.try({ rules, lines, recognise: false, now: 0 }, signal);
  const next = bench.suggest('a=1', signal);
  await assert.rejects(endless, { code: 'limit_time' });
  assert.equal((await next).grok, '^a=%{NUMBER:a}');
});

test('too many at once are refused', async () => {
  const bench = benchOf();
  const asked = Array.from({ length: 30 }, () => bench.suggest('a=1', signal));
  const settled = await Promise.allSettled(asked);
  assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 21);
});
