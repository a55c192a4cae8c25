import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { AppError } from '#core/errors.ts';
import { explainIssues } from '#core/explain-issues.ts';
import { ScrapeConfig } from './config.ts';
import { planScrape } from './plan.ts';

const PROMETHEUS = `
global:
  scrape_interval: 15s
  evaluation_interval: 30s
  external_labels: {cluster: eu, replica: 1}
rule_files: [rules/*.yml]
alerting: {alertmanagers: [{static_configs: [{targets: ['am:9093']}]}]}
scrape_configs:
  - job_name: node
    static_configs:
      - targets: [a:9100, 'b:9100']
        labels: {env: prod, rack: 12}
    relabel_configs:
      - {source_labels: [__address__], regex: '([^:]+):.*', target_label: host}
  - job_name: blackbox
    metrics_path: /probe
    scrape_interval: 1m30s
    scrape_timeout: 20s
    params: {module: [http_2xx], target: ['https://x']}
    scheme: https
    basic_auth: {username: u, password: geheim}
    tls_config: {ca_file: ca.pem, insecure_skip_verify: true}
    file_sd_configs: [{files: [targets/*.json], refresh_interval: 1m}]
    dns_sd_configs: [{names: [_m._tcp.example.org]}]
    body_size_limit: 10MB
    sample_limit: 5000
`;

async function inFile(text: string, run: (file: string) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'scrape-config-'));
  try {
    const file = join(folder, 'prometheus.yml');
    await writeFile(file, text);
    run(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const planFiles = (...files: string[]) => planScrape(ScrapeConfig.parse({ files }));

test('the scrape part of a Prometheus configuration is used as it is; its paths are relative to the file', async () => {
  await inFile(PROMETHEUS, (file) => {
    const [node, blackbox] = planFiles(file);
    assert.deepEqual([node?.name, node?.intervalMs, node?.timeoutMs], ['node', 15_000, 10_000]);
    assert.deepEqual(node?.job.static_configs, [
      { targets: ['a:9100', 'b:9100'], labels: { env: 'prod', rack: '12' } },
    ]);
    assert.deepEqual([blackbox?.intervalMs, blackbox?.timeoutMs], [90_000, 20_000]);
    assert.equal(blackbox?.limits.body_size_limit, 10 * 2 ** 20);
    const folder = file.slice(0, file.lastIndexOf('/'));
    assert.deepEqual(blackbox?.job.file_sd_configs[0]?.files, [`${folder}/targets/*.json`]);
    assert.equal(blackbox?.job.tls_config.ca_file, `${folder}/ca.pem`);
  });
});

test('secrets are hidden wherever the configuration is shown', () => {
  const { scrape_configs } = parse(PROMETHEUS) as { scrape_configs: unknown };
  const config = ScrapeConfig.parse({ scrape_configs });
  assert.doesNotMatch(JSON.stringify(config), /geheim/);
  assert.equal(config.scrape_configs[1]?.basic_auth?.password?.reveal(), 'geheim');
});

const REFUSED: readonly (readonly [string, object, RegExp])[] = [
  ['an unknown key', { metric_path: '/x' }, /scrape_configs\.0\.metric_path: .*did you mean "metrics_path"/],
  [
    'an unknown key of a step',
    { relabel_configs: [{ source_label: ['a'] }] },
    /relabel_configs\.0\.source_label: .*"source_labels"/,
  ],
  [
    'a discovery that is not there',
    { kubernetes_sd_configs: [{ role: 'pod' }] },
    /kubernetes_sd_configs is not supported: use file_sd_configs/,
  ],
  ['oauth2 without a token service', { oauth2: { client_id: 'x' } }, /oauth2\.token_url/],
  ['a proxy', { proxy_url: 'http://p' }, /proxies are not supported/],
  ['a wrong duration', { scrape_interval: '5 parsecs' }, /not a duration/],
  ['a port that is missing', { dns_sd_configs: [{ names: ['x'], type: 'A' }] }, /need a port/],
];

for (const [what, job, message] of REFUSED) {
  test(`${what} is refused with a clear sentence`, () => {
    const { error } = ScrapeConfig.safeParse({ scrape_configs: [{ job_name: 'j', ...job }] });
    assert.ok(error !== undefined);
    assert.match(explainIssues(error, ScrapeConfig).join('\n'), message);
  });
}

test('jobs that cannot work together are refused', () => {
  const plan = (...scrape_configs: object[]) => planScrape(ScrapeConfig.parse({ scrape_configs }));
  assert.throws(() => plan({ job_name: 'a' }, { job_name: 'a' }), /two jobs named "a"/);
  assert.throws(() => plan({ job_name: 'a', scrape_interval: '5s', scrape_timeout: '6s' }), /scrape_timeout/);
});

test('a file that cannot be read or is wrong is named', async () => {
  assert.throws(() => planFiles('/nowhere/p.yml'), { name: AppError.name, message: /cannot read \/nowhere\/p.yml/ });
  await inFile('scrape_configs: [{job_name: a, metric_path: /x}]', (file) => {
    assert.throws(() => planFiles(file), /prometheus.yml cannot be used:\n.*metric_path: .*"metrics_path"/);
  });
});
