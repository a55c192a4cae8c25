import type { InputAccount, SelfStatus } from '#core/api/status.ts';
import type { MetricTable } from '#core/plugin/metric.ts';

/** Every series that the product keeps about itself, beside those of the collector runner. */
export const SELF_METRICS = {
  nocmate_build_info: { kind: 'gauge', unit: '', help: '1; the label tells the version.', labels: ['version'] },
  nocmate_uptime_seconds: { kind: 'gauge', unit: 'seconds', help: 'Time since the start.', labels: [] },
  nocmate_part_up: { kind: 'gauge', unit: '', help: '1 when the part serves.', labels: ['part'] },
  nocmate_samples_received_total: { kind: 'counter', unit: '', help: 'Records received.', labels: ['input'] },
  nocmate_samples_stored_total: { kind: 'counter', unit: '', help: 'Records stored in the engine.', labels: ['input'] },
  nocmate_samples_held: { kind: 'gauge', unit: '', help: 'Records on their way to the engine.', labels: ['input'] },
  nocmate_samples_rejected_total: {
    kind: 'counter',
    unit: '',
    help: 'Records refused, by reason.',
    labels: ['input', 'reason'],
  },
  nocmate_samples_dropped_total: {
    kind: 'counter',
    unit: '',
    help: 'Records taken and lost, by reason.',
    labels: ['input', 'reason'],
  },
  nocmate_ingest_rate: { kind: 'gauge', unit: '', help: 'Records received per second, over 10 s.', labels: [] },
  nocmate_active_series: { kind: 'gauge', unit: '', help: 'Series known to the ingest thread.', labels: [] },
  nocmate_spool_files: { kind: 'gauge', unit: '', help: 'Batches waiting for the engine.', labels: [] },
  nocmate_spool_bytes: { kind: 'gauge', unit: 'bytes', help: 'Size of the batches that wait.', labels: [] },
  nocmate_spool_limit_bytes: { kind: 'gauge', unit: 'bytes', help: 'Size at which intake stops.', labels: [] },
  nocmate_insert_lag_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    help: 'Age of the oldest batch that waits.',
    labels: [],
  },
  nocmate_event_loop_delay_p99_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    help: 'Delay of the API thread, 99th percentile.',
    labels: [],
  },
  nocmate_sample_cache_bytes: { kind: 'gauge', unit: 'bytes', help: 'Raw samples kept for queries.', labels: [] },
  nocmate_sample_cache_limit_bytes: { kind: 'gauge', unit: 'bytes', help: 'What they may take.', labels: [] },
  nocmate_udp_kernel_drops_total: {
    kind: 'counter',
    unit: '',
    help: 'Datagrams that the kernel dropped because the buffer of a listener was full.',
    labels: ['listener'],
  },
  nocmate_live_viewers: { kind: 'gauge', unit: '', help: 'Open live connections.', labels: [] },
  nocmate_process_resident_bytes: { kind: 'gauge', unit: 'bytes', help: 'Resident memory.', labels: ['process'] },
} as const satisfies MetricTable;

export type SelfValue = {
  readonly metric: keyof typeof SELF_METRICS;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

const MS_PER_SECOND = 1000;

/** The status as values of {@link SELF_METRICS}. `viewers` = open live connections. */
export function selfValues(status: SelfStatus, viewers: number): SelfValue[] {
  const { health, spool } = status;
  const plain = (metric: SelfValue['metric'], value: number): SelfValue => ({ metric, labels: {}, value });
  return [
    { metric: 'nocmate_build_info', labels: { version: health.version }, value: 1 },
    plain('nocmate_uptime_seconds', health.uptimeMs / MS_PER_SECOND),
    ...Object.entries(health.parts).map(
      ([part, { state }]): SelfValue => ({
        metric: 'nocmate_part_up',
        labels: { part },
        value: state === 'up' ? 1 : 0,
      }),
    ),
    ...status.accounts.flatMap(accountValues),
    plain('nocmate_ingest_rate', status.ingestRate),
    plain('nocmate_active_series', status.activeSeries),
    plain('nocmate_spool_files', spool.files),
    plain('nocmate_spool_bytes', spool.bytes),
    plain('nocmate_spool_limit_bytes', spool.limitBytes),
    plain('nocmate_insert_lag_seconds', status.insertLagMs / MS_PER_SECOND),
    plain('nocmate_event_loop_delay_p99_seconds', status.eventLoopP99Ms / MS_PER_SECOND),
    plain('nocmate_sample_cache_bytes', status.sampleCache.bytes),
    plain('nocmate_sample_cache_limit_bytes', status.sampleCache.limitBytes),
    plain('nocmate_live_viewers', viewers),
    ...status.listeners.flatMap(({ name, kernelDrops }): SelfValue[] =>
      kernelDrops === undefined
        ? []
        : [{ metric: 'nocmate_udp_kernel_drops_total', labels: { listener: name }, value: kernelDrops }],
    ),
    ...status.processes.map(
      ({ name, residentBytes }): SelfValue => ({
        metric: 'nocmate_process_resident_bytes',
        labels: { process: name },
        value: residentBytes,
      }),
    ),
  ];
}

function accountValues({ input, received, stored, held, rejected, dropped }: InputAccount): SelfValue[] {
  const byReason = (metric: SelfValue['metric'], counts: Readonly<Record<string, number>>): SelfValue[] =>
    Object.entries(counts).map(([reason, value]) => ({ metric, labels: { input, reason }, value }));
  return [
    { metric: 'nocmate_samples_received_total', labels: { input }, value: received },
    { metric: 'nocmate_samples_stored_total', labels: { input }, value: stored },
    { metric: 'nocmate_samples_held', labels: { input }, value: held },
    ...byReason('nocmate_samples_rejected_total', rejected),
    ...byReason('nocmate_samples_dropped_total', dropped),
  ];
}
