import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';

const DAY_SECONDS = 86_400;
const DAY_MS = DAY_SECONDS * 1_000;
const UPTIME = "xxHash32('system_uptime_seconds')";
/** A host that sent nothing for so long is no longer listed. */
const LISTED_DAYS = 14;
const SERIES_LOOKED_AT = 5;

/** A host as the catalogue knows it; the time is exact to the day, in ms. */
export type KnownHost = { readonly host: string; readonly lastSeenAt: number };

/** Every value of the label `host` that was seen within 14 days. */
export async function readKnownHosts(store: TelemetryStore, now: number): Promise<KnownHost[]> {
  const rows = await store.rows<{ host: string; seen: number }>(
    `SELECT value AS host, toUnixTimestamp(max(last_seen)) AS seen FROM nocmate.label_values
     WHERE key = 'host' AND value != '' GROUP BY value HAVING seen >= {seenFrom:UInt32}`,
    { params: { seenFrom: secondsAgo(now, LISTED_DAYS) } },
  );
  return rows.map(({ host, seen }) => ({ host, lastSeenAt: seen * 1_000 }));
}

/** When each of these hosts last sent its uptime, in ms; hosts that never did are absent. */
export const readLastUptimes = (store: TelemetryStore, now: number, hosts: readonly string[]): Promise<LastTimes> =>
  readLastTimes(store, hosts, {
    from: now - LISTED_DAYS * DAY_MS,
    series: `family = ${UPTIME} AND metric = 'system_uptime_seconds' AND labels['host'] IN {hosts:Array(String)}
       LIMIT 1 BY family, id`,
    samples: `family = ${UPTIME}`,
  });

/** When each of these hosts last sent one of a few of its series, in ms: for those that send no uptime. */
export const readLastSamples = (store: TelemetryStore, now: number, hosts: readonly string[]): Promise<LastTimes> =>
  readLastTimes(store, hosts, {
    from: now - DAY_MS,
    series: `labels['host'] IN {hosts:Array(String)} ORDER BY last_seen DESC LIMIT ${SERIES_LOOKED_AT} BY host`,
    samples: '1',
  });

type LastTimes = ReadonlyMap<string, number>;

/** `series` ends the statement that finds series of the hosts, `samples` narrows where their samples are looked for. */
type LastTimesQuestion = { readonly from: number; readonly series: string; readonly samples: string };

async function readLastTimes(
  store: TelemetryStore,
  hosts: readonly string[],
  { from, series, samples }: LastTimesQuestion,
): Promise<LastTimes> {
  const rows = await store.rows<{ host: string; seen: string }>(
    `WITH found AS (SELECT family, id, labels['host'] AS host FROM nocmate.series WHERE ${series})
     SELECT host, toUnixTimestamp64Milli(max(t)) AS seen FROM nocmate.samples INNER JOIN found USING (family, id)
     WHERE ${samples} AND (family, id) IN (SELECT family, id FROM found) AND t >= fromUnixTimestamp64Milli({from:Int64})
     GROUP BY host`,
    { params: { hosts: [...hosts], from } },
  );
  return new Map(rows.map(({ host, seen }) => [host, Number(seen)]));
}

/** How many series each host has that were seen since yesterday. */
export async function readSeriesCounts(store: TelemetryStore, now: number): Promise<ReadonlyMap<string, number>> {
  const rows = await store.rows<{ host: string; series: string }>(
    `SELECT labels['host'] AS host, uniq(id) AS series FROM nocmate.series
     WHERE last_seen >= toDateTime({seenFrom:UInt32}) GROUP BY host HAVING host != ''`,
    { params: { seenFrom: secondsAgo(now, 1) } },
  );
  return new Map(rows.map(({ host, series }) => [host, Number(series)]));
}

/** The labels of the host's newest `system_info` series, without name and host; empty when it has none. */
export async function readFacts(
  store: TelemetryStore,
  host: string,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const [row] = await store.rows<{ labels: Record<string, string> }>(
    `WITH found AS (
       SELECT family, id, labels FROM nocmate.series
       WHERE family = xxHash32('system_info') AND metric = 'system_info' AND has(kv, {host:String})
       LIMIT 1 BY family, id)
     SELECT labels FROM nocmate.samples INNER JOIN found USING (family, id)
     WHERE family = xxHash32('system_info') AND (family, id) IN (SELECT family, id FROM found)
     ORDER BY t DESC LIMIT 1`,
    { params: { host: `host=${host}` }, signal },
  );
  const { __name__: _, host: __, ...facts } = row?.labels ?? {};
  return facts;
}

/** The begin of the UTC day that many days ago: `last_seen` is exact to the day. */
function secondsAgo(now: number, days: number): number {
  const today = Math.floor(now / 1_000 / DAY_SECONDS);
  return Math.max(0, (today - days) * DAY_SECONDS);
}
