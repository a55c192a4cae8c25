import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TriedCollection } from '#core/api/collectors.ts';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import { optionsSchema } from '#core/plugin/option-schema.ts';
import { SECRET_FORMAT } from '#core/plugin/target-options.ts';
import { systemClock } from '#io/clock.ts';
import { scanPlugins } from '#server/scan-plugins.ts';
import { planTarget } from '#work/index.ts';
import { tryCollector } from '#work/try-collector.ts';
import { FAULTY_SERVERS, type FaultyServer, FLOODING, withFaulty } from '../peers/faulty-servers.ts';
import { freePort } from '../peers/free-port.ts';

const plugins = await scanPlugins('collectors');
/** Those that lead to a port; others look at a host as a whole, or run a program. */
const remote = [...plugins].filter(([, plugin]) => {
  const { properties } = optionsSchema(plugin.config);
  return plugin.address !== undefined && ('url' in properties || 'address' in properties);
});
const TOOLS = { host: 'web-1', clock: systemClock, secrets: { resolve: async () => 'hunter2-secret' } };
/** `NOCMATE_FAULTY_ROUNDS=1000` before a release. */
const ROUNDS = Number(process.env['NOCMATE_FAULTY_ROUNDS'] ?? 25);

/** For errors that come at once, on however slow a machine. */
const PATIENT = '30s';

/** What checks must be told so that they ask for something, by option. */
const ASKS: Readonly<Record<string, string>> = {
  ...{ send: 'hello', expect: 'never said' },
  ...{ question: 'nocmate.test', transport: 'tcp' },
};

/** A remote collector has a `url` or an `address`; what else it must be told is a name or a secret. */
function optionsFor(plugin: CollectorPlugin, port: number): Record<string, string> {
  const { properties, required } = optionsSchema(plugin.config);
  const others = required.map((name) => [name, properties[name]?.format === SECRET_FORMAT ? 'stored:some' : 'ops']);
  const asks =
    plugin.isCheck === true ? Object.entries(ASKS).filter(([option]) => properties[option]?.type === 'string') : [];
  const told = Object.fromEntries([...others, ...asks]) as Record<string, string>;
  if ('url' in properties) return { ...told, url: `http://127.0.0.1:${port}/status` };
  assert.ok('address' in properties, 'it has neither url nor address');
  return { ...told, address: `127.0.0.1:${port}` };
}

async function tryAt(id: string, plugin: CollectorPlugin, port: number, timeout = PATIENT): Promise<TriedCollection> {
  const entry = { ...optionsFor(plugin, port), interval: '60s', timeout };
  const planned = planTarget(plugins, { collector: id, entry, place: id, origin: 'page' });
  assert.ok(planned !== undefined);
  return tryCollector(planned, TOOLS, new AbortController().signal);
}

/** Of its time a check keeps a tenth to say that it was late, which must be enough on a busy machine. */
const hurried = ({ isCheck = false }: CollectorPlugin): string => (isCheck ? '400ms' : '150ms');

const openSockets = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

/** Sockets close a little after they are destroyed. */
async function untilClosed(before: number): Promise<void> {
  for (let turns = 0; openSockets() > before && turns < 1_000; turns++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.ok(openSockets() <= before, `${openSockets()} sockets are open, before there were ${before}`);
}

async function assertFails(id: string, plugin: CollectorPlugin, faulty: FaultyServer, rounds: number): Promise<void> {
  await withFaulty(faulty, async (port) => {
    for (let round = 0; round < rounds; round++) {
      const tried = await tryAt(id, plugin, port, faulty.kinds.includes('timeout') ? hurried(plugin) : PATIENT);
      const { isOk, error } = tried;
      if (plugin.isCheck === true) {
        assertFound(tried);
        continue;
      }
      assert.equal(isOk, false);
      assert.ok(
        faulty.kinds.some((kind) => kind === error?.kind),
        `${error?.kind}: ${error?.message}`,
      );
    }
  });
}

/** A check has found that its target is not as it should be, and of what kind that is. */
function assertFound({ isOk, series, error }: TriedCollection): void {
  assert.ok(isOk, error?.message);
  assert.equal(series.find(({ metric }) => metric.endsWith('_ok'))?.value, 0);
  const holding = series.filter(({ metric, value }) => metric.endsWith('_result') && value === 1);
  assert.equal(holding.length, 1);
  assert.notEqual(holding[0]?.labels['result'], 'ok');
}

for (const [id, plugin] of remote) {
  describe(`collector ${id} and a server that`, () => {
    for (const faulty of FAULTY_SERVERS) {
      test(`${faulty.name} gives a typed error, and nothing stays open`, async () => {
        const before = openSockets();
        await assertFails(id, plugin, faulty, faulty.kinds.includes('timeout') ? Math.min(ROUNDS, 10) : ROUNDS);
        await untilClosed(before);
      });
    }

    test('floods is given up', () => assertFails(id, plugin, FLOODING, 2));

    test('does not listen is unreachable', async () => {
      const tried = await tryAt(id, plugin, await freePort());
      if (plugin.isCheck === true) assertFound(tried);
      else assert.equal(tried.error?.kind, 'unreachable');
    });
  });
}
