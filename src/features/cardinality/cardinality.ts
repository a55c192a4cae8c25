import {
  type Cardinality,
  CardinalityRequest,
  type LabelCardinality,
  type NameCardinality,
  type SeriesOrigin,
} from '#core/api/cardinality.ts';
import { defineRoute, type Route } from '#core/route.ts';
import type { Clock } from '#io/clock.ts';
import { textLiteral } from '#query/metrics/literal.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { changesSql, type DayChange, dailyGrowth } from './growth.ts';
import type { ReadTracker } from './read-tracker.ts';

export type CardinalityOptions = {
  readonly store: TelemetryStore;
  readonly reads: Pick<ReadTracker, 'lastReadAt' | 'since'>;
  readonly sources: () => Promise<readonly SeriesOrigin[]>;
  readonly clock: Clock;
};

/** Where the series of the catalogue come from, and which of them nobody asks for. */
export type CardinalityFeature = { readonly routes: readonly Route[] };

const HOUR_S = 3_600;
const DAY_S = 86_400;
const UNUSED_MS = 30 * DAY_S * 1000;
const GROWTH_HOURS = 48;
/** Names that are looked at; beyond, those with the fewest series are left out. */
const MAX_NAMES = 50_000;

/** Puts the feature together. */
export function createCardinality(options: CardinalityOptions): CardinalityFeature {
  return {
    routes: [
      defineRoute({
        method: 'GET',
        path: '/api/cardinality',
        permission: 'read',
        query: CardinalityRequest,
        handler: ({ query, signal }) => readCardinality(options, query, signal),
      }),
    ],
  };
}

/** One row a series: rows that are not merged yet tell later first times. */
const SERIES = `(SELECT family, id,
  any(if(empty(labels), concat(arrayStringConcat(arraySlice(splitByChar('.', path), 1, 2), '.'), '.*'), metric)) AS name,
  min(first_seen) AS first, max(last_seen) AS last FROM nocmate.series GROUP BY family, id)`;

async function readCardinality(
  { store, reads, sources, clock }: CardinalityOptions,
  { search, limit }: CardinalityRequest,
  signal: AbortSignal,
): Promise<Cardinality> {
  const now = Math.floor(clock.now() / 1000);
  const found = search === '' ? '1' : `positionCaseInsensitiveUTF8(name, ${textLiteral(search)}) > 0`;
  const [all, labels, growth, changes, origins] = await Promise.all([
    store.rows<Omit<NameCardinality, 'lastReadAt'>>(namesSql(now, found), { signal }),
    store.rows<LabelCardinality>(
      `SELECT key AS label, toUInt32(uniq(value)) AS values FROM nocmate.label_values
       WHERE ${found.replace('(name,', '(key,')} GROUP BY key ORDER BY values DESC, label LIMIT ${limit}`,
      { signal },
    ),
    store.rows<{ t: number; series: number }>(
      `SELECT toUInt32(toStartOfHour(first)) AS t, toUInt32(count()) AS series FROM ${SERIES} WHERE first > toDateTime(${now - GROWTH_HOURS * HOUR_S})
       AND ${found} GROUP BY t ORDER BY t`,
      { signal },
    ),
    store.rows<DayChange>(changesSql(SERIES, found), { signal }),
    sources(),
  ]);
  const names = all.map((one) => ({ ...one, lastReadAt: reads.lastReadAt(one.name) }));
  const sum = (of: (one: NameCardinality) => number): number => names.reduce((total, one) => total + of(one), 0);
  const readLimit = clock.now() - UNUSED_MS;
  return {
    series: sum(({ series }) => series),
    newHour: sum(({ newHour }) => newHour),
    newDay: sum(({ newDay }) => newDay),
    gone: sum(({ gone }) => gone),
    names: names.slice(0, limit),
    labels,
    unused: names.filter(({ lastReadAt }) => lastReadAt < readLimit).slice(0, limit),
    days: dailyGrowth(changes, now),
    sources: origins.filter(({ input, address }) => `${input} ${address}`.includes(search)).slice(0, limit),
    growth: growth.map(({ t, series }) => ({ t: t * 1000, series })),
    trackedSince: reads.since,
  };
}

const namesSql = (now: number, found: string): string => `SELECT name, toUInt32(count()) AS series,
  toUInt32(countIf(first > toDateTime(${now - HOUR_S}))) AS newHour,
  toUInt32(countIf(first > toDateTime(${now - DAY_S}))) AS newDay,
  toUInt32(countIf(last < toDateTime(${now - 2 * DAY_S}))) AS gone
  FROM ${SERIES} WHERE ${found} GROUP BY name ORDER BY series DESC, name LIMIT ${MAX_NAMES}`;
