import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Labels } from '#core/model/labels.ts';
import { ScrapeConfig } from './config.ts';
import { planScrape } from './plan.ts';
import { globalUrl, targetOf } from './target.ts';

function outcomeOf(found: Labels, job: object = {}) {
  const [plan] = planScrape(ScrapeConfig.parse({ scrape_configs: [{ job_name: 'j', ...job }] }));
  assert.ok(plan !== undefined);
  return targetOf(found, plan);
}

function made(found: Labels, job: object = {}) {
  const outcome = outcomeOf(found, job);
  assert.equal(outcome.kind, 'target', JSON.stringify(outcome));
  assert.ok(outcome.kind === 'target');
  return outcome.target;
}

test('a target has job and instance, and the defaults of the job as discovered labels', () => {
  const { labels, url, discoveredLabels } = made({ __address__: 'h:1', env: 'x' }, { scrape_interval: '90s' });
  assert.deepEqual(labels, { job: 'j', env: 'x', instance: 'h:1' });
  assert.equal(url, 'http://h:1/metrics');
  assert.deepEqual(discoveredLabels, {
    ...{ __address__: 'h:1', __metrics_path__: '/metrics', __scheme__: 'http', env: 'x', job: 'j' },
    ...{ __scrape_interval__: '1m30s', __scrape_timeout__: '10s' },
  });
});

test('relabelling moves the address into a parameter, as for the blackbox exporter', () => {
  const relabel_configs = [
    { source_labels: ['__address__'], target_label: '__param_target' },
    { source_labels: ['__param_target'], target_label: 'instance' },
    { target_label: '__address__', replacement: 'bb:9115' },
    { target_label: '__scrape_timeout__', replacement: '3s' },
  ];
  const job = { relabel_configs, metrics_path: '/probe', params: { module: ['http_2xx'] }, scheme: 'https' };
  const { url, labels, timeoutMs } = made({ __address__: 'https://example.org/a?b' }, job);
  assert.equal(url, 'https://bb:9115/probe?module=http_2xx&target=https%3A%2F%2Fexample.org%2Fa%3Fb');
  assert.deepEqual(labels, { job: 'j', instance: 'https://example.org/a?b' });
  assert.equal(timeoutMs, 3_000);
});

test('what is dropped or cannot be a target is told apart', () => {
  const relabel_configs = [{ source_labels: ['env'], regex: 'dev', action: 'drop' }];
  assert.equal(outcomeOf({ __address__: 'h:1', env: 'dev' }, { relabel_configs }).kind, 'dropped');
  for (const found of [
    { env: 'x' },
    { __address__: 'h/x' },
    { __address__: 'h', __scheme__: 'ftp' },
    { __address__: 'h', __scrape_timeout__: '2m' },
  ] as const) {
    assert.equal(outcomeOf(found).kind, 'invalid', JSON.stringify(found));
  }
});

test('the global URL names this machine', () => {
  assert.doesNotMatch(globalUrl('http://127.0.0.1:9/x'), /127/);
  assert.equal(globalUrl('http://10.0.0.1:9/x'), 'http://10.0.0.1:9/x');
});
