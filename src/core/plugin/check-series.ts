import { CONNECTION_FAILURES } from './check-failure.ts';
import type { CollectedValue, Collection } from './collector.ts';
import { gauge, type MetricDefinition } from './metric.ts';
import type { ProbedConnection, TlsFacts } from './target-context.ts';

const CHECK = ['check'];

/** Series of every check, under a prefix of its own; `failures` are its results besides those of connections. */
export function checkMetrics<Prefix extends string>(prefix: Prefix, failures: readonly string[]) {
  const result: MetricDefinition = {
    ...gauge('', 'What came of the check: ok, or the first thing that was wrong.', CHECK),
    states: { label: 'result', values: ['ok', ...CONNECTION_FAILURES, ...failures] },
  };
  const metrics = {
    ok: gauge('', '1 when the answer came and all that was asked of it held.', CHECK),
    result,
    duration_seconds: gauge('seconds', 'Time of the whole check.', CHECK),
  };
  return prefixed(prefix, metrics);
}

/** Series of checks that open connections, over TLS or not. */
export function connectionMetrics<Prefix extends string>(prefix: Prefix) {
  const ends = "Until a certificate ends; depth 0 is the server's own, 1 that of its authority.";
  return prefixed(prefix, {
    dns_lookup_duration_seconds: gauge('seconds', 'Time to resolve the name.', CHECK),
    client_connection_duration_seconds: gauge('seconds', 'Time to open the TCP connection.', CHECK),
    tls_handshake_duration_seconds: gauge('seconds', 'Time of the TLS handshake.', CHECK),
    tls_cert_remaining_seconds: gauge('seconds', ends, [...CHECK, 'depth']),
  });
}

type Prefixed<Prefix extends string, Metrics> = {
  readonly [Name in keyof Metrics as `${Prefix}_${Name & string}`]: Metrics[Name];
};

function prefixed<Prefix extends string, const Metrics extends Readonly<Record<string, MetricDefinition>>>(
  prefix: Prefix,
  metrics: Metrics,
): Prefixed<Prefix, Metrics> {
  const entries = Object.entries(metrics).map(([name, metric]) => [`${prefix}_${name}`, metric]);
  return Object.fromEntries(entries) as Prefixed<Prefix, Metrics>;
}

/** What a check has found; times in ms. */
export type CheckFinding = {
  readonly result: string;
  readonly durationMs: number;
  /** Steps of its connections, as far as they went. */
  readonly timings?: Partial<ProbedConnection['timings']>;
  readonly tls?: TlsFacts | undefined;
  /** Values of its own; they need no label `check`. */
  readonly values?: readonly CollectedValue[];
  /** What was wrong, in words. */
  readonly reason?: string | undefined;
};

/** The collection that a finding is; `now` in ms since the epoch. */
export function checkCollection(prefix: string, check: string, finding: CheckFinding, now: number): Collection {
  const { result, durationMs, timings = {}, tls, values = [], reason } = finding;
  const inSeconds = (name: string, ms: number | undefined, labels?: Readonly<Record<string, string>>) =>
    ms === undefined ? [] : [{ metric: `${prefix}_${name}`, value: ms / 1_000, ...(labels && { labels }) }];
  const all: CollectedValue[] = [
    { metric: `${prefix}_ok`, value: Number(result === 'ok') },
    ...inSeconds('duration_seconds', durationMs),
    ...inSeconds('dns_lookup_duration_seconds', timings.lookup),
    ...inSeconds('client_connection_duration_seconds', timings.connect),
    ...inSeconds('tls_handshake_duration_seconds', timings.tls),
    ...(tls?.validTo ?? []).flatMap((end, depth) =>
      inSeconds('tls_cert_remaining_seconds', end - now, { depth: String(depth) }),
    ),
    ...values,
  ];
  return {
    values: all.map((value) => ({ ...value, labels: { check, ...value.labels } })),
    states: [{ metric: `${prefix}_result`, labels: { check }, state: result, ...(reason !== undefined && { reason }) }],
  };
}
