import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type Answer, exposing, startExposer } from './testing/exposer.ts';
import { lines } from './testing/recording-sink.ts';
import { type RunningScraper, startScraper } from './testing/running-scraper.ts';

type World = { readonly address: string; readonly answer: (next: Answer) => void };

/** An exposer and a scraper of one job for its address. */
async function withScraper(
  job: (address: string) => object,
  run: (running: RunningScraper, world: World) => Promise<void>,
): Promise<void> {
  const exposer = await startExposer(exposing(''));
  const running = startScraper([
    { job_name: 'j', static_configs: [{ targets: [exposer.address] }], ...job(exposer.address) },
  ]);
  try {
    await run(running, { address: exposer.address, answer: (next) => void (exposer.answer = next) });
  } finally {
    await running.scraper.stop();
    await exposer.close();
  }
}

const own = (address: string, name: string): string => `${name}{instance=${address},job=j}`;

test('a scrape gives samples with the labels of the target, at the time of its slot, and series about itself', async () => {
  await withScraper(
    () => ({}),
    async ({ round, scraper, clock }, { address, answer }) => {
      const start = clock.now();
      answer(exposing('# TYPE a counter\n# HELP a Help.\na{x="1",job="inner"} 5\nb 2 1700000001234\n'));
      const batch = await round();
      const { samples } = lines(batch);
      assert.equal(samples[0], `a{exported_job=inner,instance=${address},job=j,x=1} 5`);
      assert.equal(samples[1], `${own(address, 'b')} 2`);
      const [at = 0, timed, up] = batch.samples?.t ?? [];
      assert.ok(at > start && at <= clock.now(), String(at));
      assert.deepEqual([timed, up], [1_700_000_001_234, at]);
      const report = Object.fromEntries(samples.slice(2).map((line) => line.split(`{instance=${address},job=j} `)));
      assert.deepEqual(
        { ...report, scrape_duration_seconds: undefined },
        {
          ...{
            up: '1',
            scrape_samples_scraped: '2',
            scrape_samples_post_metric_relabeling: '2',
            scrape_series_added: '2',
          },
          scrape_duration_seconds: undefined,
        },
      );
      assert.deepEqual(batch.metadata, [{ metric: 'a', type: 'counter', unit: '', help: 'Help.' }]);
      assert.deepEqual((await round()).metadata, []);
      const [target] = scraper.targets().active;
      assert.deepEqual([target?.health, target?.lastError, target?.scrapeUrl], ['up', '', `http://${address}/metrics`]);
    },
  );
});

test('series that vanish end at that scrape; a failed scrape ends all, once', async () => {
  await withScraper(
    () => ({}),
    async ({ round, scraper }, { address, answer }) => {
      answer(exposing('a 1\nb 1\nwithtime 1 1700000001234\n'));
      const first = await round();
      answer(exposing('a 1\n'));
      const second = await round();
      assert.deepEqual(lines(second).stale, [own(address, 'b')]);
      assert.equal(second.stale?.t[0], (first.samples?.t[0] ?? 0) + 5_000);
      answer((_request, response) => response.writeHead(500).end());
      const failed = await round();
      assert.deepEqual(lines(failed).stale, [own(address, 'a')]);
      assert.equal(lines(failed).samples[0], `${own(address, 'up')} 0`);
      assert.equal(scraper.targets().active[0]?.lastError, 'server returned HTTP status 500 Internal Server Error');
      assert.deepEqual(lines(await round()).stale, []);
      answer(exposing('a 1\n'));
      assert.ok(lines(await round()).samples.includes(`${own(address, 'scrape_series_added')} 1`));
    },
  );
});

test('honor_labels keeps the labels of the exposer, honor_timestamps: false takes its times away', async () => {
  await withScraper(
    () => ({ honor_labels: true, honor_timestamps: false }),
    async ({ round }, { answer }) => {
      answer(exposing('a{job="inner",instance="i"} 5 1700000001234\n'));
      const batch = await round();
      assert.equal(lines(batch).samples[0], 'a{instance=i,job=inner} 5');
      assert.equal(batch.samples?.t[0], batch.samples?.t.at(-1));
    },
  );
});

test('metric_relabel_configs drop and change series; bounds of buckets have one spelling', async () => {
  const metric_relabel_configs = [
    { source_labels: ['__name__'], regex: 'go_.*', action: 'drop' },
    { regex: 'instance|job', action: 'labeldrop' },
  ];
  await withScraper(
    () => ({ metric_relabel_configs }),
    async ({ round }, { answer }) => {
      answer(exposing('go_x 1\n# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n'));
      const { samples } = lines(await round());
      assert.deepEqual(samples.slice(0, 4), ['h_bucket{le=1.0} 1', 'h_bucket{le=+Inf} 1', 'h_sum{} 1', 'h_count{} 1']);
      assert.ok(samples.some((line) => line.startsWith('scrape_samples_scraped{') && line.endsWith(' 5')));
      assert.ok(
        samples.some((line) => line.startsWith('scrape_samples_post_metric_relabeling{') && line.endsWith(' 4')),
      );
    },
  );
});

const LIMITS: readonly (readonly [object, string, RegExp])[] = [
  [{ sample_limit: 1 }, 'a 1\nb 1\n', /sample_limit 1/],
  [{ label_limit: 3 }, 'a{x="1"} 1\n', /label_limit 3/],
  [{ label_name_length_limit: 8 }, 'a{long_name="1"} 1\n', /label_name_length_limit 8/],
  [{ label_value_length_limit: 20 }, `a{x="${'v'.repeat(30)}"} 1\n`, /label_value_length_limit 20/],
  [{ body_size_limit: '1KB' }, `# ${'x'.repeat(2_000)}\n`, /body_size_limit/],
  [{ target_limit: 1, static_configs: [{ targets: ['127.0.0.1:1', '127.0.0.1:2'] }] }, '', /target_limit 1/],
];

for (const [limit, text, message] of LIMITS) {
  test(`a scrape beyond ${Object.keys(limit)[0]} fails and gives no sample`, async () => {
    await withScraper(
      () => limit,
      async ({ round, scraper }, { answer }) => {
        answer(exposing(text));
        const { samples } = lines(await round());
        assert.equal(samples.length, 5);
        assert.ok(samples[0]?.startsWith('up{') && samples[0].endsWith(' 0'));
        assert.match(scraper.targets().active[0]?.lastError ?? '', message);
      },
    );
  });
}

test('a scrape that takes too long is given up', async () => {
  await withScraper(
    () => ({ scrape_timeout: '5s' }),
    async ({ clock, sink, scraper }, { answer }) => {
      const asked = new Promise<void>((resolve) => answer(() => resolve()));
      await clock.advance(5_000);
      await asked;
      await clock.advance(5_000);
      const { samples } = lines(await sink.next());
      assert.match(samples[0] ?? '', /^up.* 0$/);
      assert.match(scraper.targets().active[0]?.lastError ?? '', /5000 ms \(scrape_timeout\)/);
    },
  );
});

test('requests carry what the job says; gzip is understood; secrets are not logged', async () => {
  const job = {
    ...{
      basic_auth: { username: 'u', password: 'geheim' },
      params: { 'collect[]': ['cpu', 'disk'] },
      headers: { 'X-Extra': 'y' },
    },
    metrics_path: '/probe',
  };
  await withScraper(
    () => job,
    async ({ round, log }, { answer }) => {
      const seen: Record<string, unknown>[] = [];
      answer(({ url, headers }, response) => {
        seen.push({ url, ...headers });
        response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' }).end(gzipSync('a 1\n'));
      });
      assert.match(lines(await round()).samples[0] ?? '', /^a\{.* 1$/);
      const [request] = seen;
      assert.equal(request?.['url'], '/probe?collect%5B%5D=cpu&collect%5B%5D=disk');
      assert.equal(request?.['authorization'], `Basic ${Buffer.from('u:geheim').toString('base64')}`);
      assert.equal(request?.['x-extra'], 'y');
      assert.equal(request?.['x-prometheus-scrape-timeout-seconds'], '5');
      assert.match(
        String(request?.['accept']),
        /^application\/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,/,
      );
      answer((_request, response) => response.writeHead(401).end());
      await round();
      assert.doesNotMatch(log(), /geheim/);
      assert.match(log(), /a scrape failed/);
    },
  );
});

test('redirects are followed three times, without credentials to another host', async () => {
  const other = await startExposer(exposing(''));
  const seen: unknown[] = [];
  other.answer = (request, response) => {
    seen.push(request.headers.authorization);
    exposing('a 1\n')(request, response);
  };
  await withScraper(
    () => ({ authorization: { credentials: 't' } }),
    async ({ round, scraper }, { answer }) => {
      answer((_request, response) => response.writeHead(302, { location: `http://${other.address}/` }).end());
      assert.match(lines(await round()).samples[0] ?? '', /^a\{/);
      assert.deepEqual(seen, [undefined]);
      answer((_request, response) => response.writeHead(302, { location: '/again' }).end());
      await round();
      assert.match(scraper.targets().active[0]?.lastError ?? '', /redirected more than 3 times/);
    },
  );
  await other.close();
});
