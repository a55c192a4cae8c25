import type { HostDetail, HostSummary } from '#core/api/hosts.ts';
import { AppError } from '#core/errors.ts';
import { defineRoute, type Route } from '#core/route.ts';
import type { Clock } from '#io/clock.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import {
  type KnownHost,
  readFacts,
  readKnownHosts,
  readLastSamples,
  readLastUptimes,
  readSeriesCounts,
} from './catalogue.ts';
import { type HostFigures, readFigures } from './figures.ts';
import { keptFor } from './kept.ts';

export type InventoryOptions = { readonly store: TelemetryStore; readonly clock: Clock };

/** What is known of the hosts, from the label `host` and the host collector's metrics. */
export type Inventory = { readonly routes: readonly Route[] };

/** Every viewer of the list asks every few seconds: they share one reading. */
const LIST_AGE_MS = 2_000;
/** Counting series reads the whole catalogue. */
const COUNTS_AGE_MS = 60_000;

/** `GET /api/hosts` and `GET /api/hosts/:host`. */
export function createInventory({ store, clock }: InventoryOptions): Inventory {
  const counts = keptFor(COUNTS_AGE_MS, clock, () => readSeriesCounts(store, clock.now()));
  const hosts = keptFor(LIST_AGE_MS, clock, () => readHosts(store, clock, counts));

  async function detail(host: string, signal: AbortSignal): Promise<HostDetail> {
    const summary = (await hosts()).find((row) => row.host === host);
    if (summary === undefined) throw new AppError('not_found', `no host named "${host}" sent anything in 14 days`);
    const [[fresh], facts] = await Promise.all([
      readFigures(store, clock.now(), { host, signal }),
      readFacts(store, host, signal),
    ]);
    return { ...summary, ...fresh, facts };
  }

  return {
    routes: [
      defineRoute({ method: 'GET', path: '/api/hosts', permission: 'read', handler: hosts }),
      defineRoute({
        method: 'GET',
        path: '/api/hosts/:host',
        permission: 'read',
        handler: ({ params, signal }) => detail(params['host'] ?? '', signal),
      }),
    ],
  };
}

async function readHosts(
  store: TelemetryStore,
  clock: Clock,
  counts: () => Promise<ReadonlyMap<string, number>>,
): Promise<HostSummary[]> {
  const now = clock.now();
  const [known, figures, series] = await Promise.all([readKnownHosts(store, now), readFigures(store, now), counts()]);
  const byHost = new Map<string, HostFigures>(figures.map((row) => [row.host, row]));
  const silent = known.filter(({ host }) => !byHost.has(host)).map(({ host }) => host);
  const lastSeen = await readLastSeen(store, now, silent);
  for (const host of known) {
    if (byHost.has(host.host)) continue;
    byHost.set(host.host, notMeasured({ ...host, lastSeenAt: lastSeen.get(host.host) ?? host.lastSeenAt }));
  }
  return [...byHost.values()]
    .map((row) => ({ ...row, series: series.get(row.host) ?? 0 }))
    .sort((a, b) => (a.host < b.host ? -1 : 1));
}

async function readLastSeen(
  store: TelemetryStore,
  now: number,
  hosts: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (hosts.length === 0) return new Map();
  const uptimes = await readLastUptimes(store, now, hosts);
  const others = hosts.filter((host) => !uptimes.has(host));
  return others.length === 0 ? uptimes : new Map([...uptimes, ...(await readLastSamples(store, now, others))]);
}

function notMeasured({ host, lastSeenAt }: KnownHost): HostFigures {
  return {
    host,
    lastSeenAt,
    uptimeSeconds: null,
    cpuRatio: null,
    loadPerCore: null,
    memoryRatio: null,
    diskRatio: null,
    networkBytesPerSecond: null,
  };
}
