import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { loadConfig } from './load.ts';
import { printConfig } from './print.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nocmate-config-'));
});
after(() => rm(folder, { recursive: true }));

async function fileOf(text: string): Promise<string> {
  const file = join(folder, 'nocmate.yaml');
  await writeFile(file, text);
  return file;
}

test('an empty file gives the defaults, and what comes out is frozen', async () => {
  const config = await loadConfig({ env: {}, flags: { config: await fileOf('') } });
  assert.equal(config.http.listen, '127.0.0.1:8400');
  assert.equal(config.data, './data');
  assert.ok(Object.isFrozen(config.http));
});

test('samples as old as the raw retention are taken, unless another age is set', async () => {
  const ageOf = async (text: string): Promise<number> =>
    (await loadConfig({ env: {}, flags: { config: await fileOf(text) } })).ingest.maxAge;
  const day = 86_400_000;
  assert.equal(await ageOf(''), 14 * day);
  assert.equal(await ageOf('storage: { retention: { raw: 60d } }'), 60 * day);
  assert.equal(await ageOf('storage: { retention: { raw: 60d } }\ningest: { maxAge: 2d }'), 2 * day);
});

test('log records as old as the longest retention of logs are taken, unless another age is set', async () => {
  const ageOf = async (text: string): Promise<number> =>
    (await loadConfig({ env: {}, flags: { config: await fileOf(text) } })).ingest.maxLogAge;
  const day = 86_400_000;
  const retention = '{ logs: 3d, logStreams: [{ service: audit, keep: 90d }] }';
  assert.equal(await ageOf(''), 14 * day);
  assert.equal(await ageOf(`storage: { retention: ${retention} }`), 90 * day);
  assert.equal(await ageOf(`storage: { retention: ${retention} }\ningest: { maxLogAge: 2d }`), 2 * day);
});

test('flags win over the environment, the environment over the file', async () => {
  const config = await fileOf('http: { listen: "127.0.0.1:1" }\ndata: /file\nlog: { level: info }');
  const env = { NOCMATE_HTTP: '127.0.0.1:2', NOCMATE_DATA: '/env', NOCMATE_GRAPHITE: 'off' };
  const loaded = await loadConfig({ env, flags: { config, http: '127.0.0.1:3' } });
  assert.equal(loaded.http.listen, '127.0.0.1:3');
  assert.equal(loaded.data, '/env');
  assert.equal(loaded.log.level, 'info');
  assert.deepEqual(loaded.inputs['graphite-plaintext'], { listen: 'off' });
});

test('--listen opens UI and inputs on that host, keeps ports, and leaves off what is off', async () => {
  const env = { NOCMATE_HTTP: '127.0.0.1:9000', NOCMATE_GRAPHITE_PICKLE: 'off' };
  const { http, inputs } = await loadConfig({ env, flags: { config: await fileOf(''), listen: '0.0.0.0' } });
  assert.equal(http.listen, '0.0.0.0:9000');
  assert.deepEqual(inputs, {
    'graphite-plaintext': { listen: '0.0.0.0:2003' },
    'graphite-pickle': { listen: 'off' },
    statsd: { listen: '0.0.0.0:8125' },
    syslog: { listen: '0.0.0.0:1514' },
  });
});

const BAD: readonly (readonly [what: string, text: string, message: RegExp])[] = [
  ['an unknown key names the nearest', 'htpp: {}', /htpp: there is no such setting; did you mean "http"\?/],
  ['an unknown key below names its place', 'http: { lisen: a }', /http\.lisen: .*did you mean "listen"/],
  ['a bad address is explained', 'http: { listen: 8400x }', /http\.listen: .*host:port/],
  ['a bad level lists the good ones', 'log: { level: loud }', /log\.level: .*"debug"/],
  ['broken YAML names line and column', 'a: [1', /not valid YAML.*line 1/s],
  ['a list is no configuration', '- a', /must hold settings/],
];

for (const [what, text, message] of BAD) {
  test(what, async () => {
    await assert.rejects(loadConfig({ env: {}, flags: { config: await fileOf(text) } }), message);
  });
}

test('a named file that is missing is an error, the default one is not', async () => {
  await assert.rejects(loadConfig({ env: { NOCMATE_CONFIG: join(folder, 'none.yaml') }, flags: {} }), /cannot read/);
});

test('printing hides passwords in URLs', async () => {
  const env = { POSTGRES_URL: 'postgres://user:geheim@db:5432/x' };
  const printed = printConfig(await loadConfig({ env, flags: { config: await fileOf('') } }));
  assert.match(printed, /postgres:\/\/user:\[hidden\]@db/);
  assert.doesNotMatch(printed, /geheim/);
});
