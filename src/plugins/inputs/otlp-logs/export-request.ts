import type { Attribute } from '#core/otlp/any-value.ts';

/** What both encodings of OTLP logs are decoded to (opentelemetry-proto, logs/v1/logs.proto): only what is used. */
export type OtlpLog = {
  /** Ms since the epoch, to the µs; when it happened, else when it was seen; 0 = neither is given. */
  readonly t: number;
  readonly severity: number;
  readonly severityText: string;
  readonly body: string;
  readonly eventName: string;
  readonly attributes: readonly Attribute[];
  /** Lower-case hex, '' = none. */
  readonly traceId: string;
  readonly spanId: string;
};

export type ResourceLogs = {
  readonly attributes: readonly Attribute[];
  readonly scopes: readonly { readonly name: string; readonly logs: readonly OtlpLog[] }[];
};

const NANOSECONDS = 1_000n;

/** Nanoseconds since the epoch to ms, to the µs. */
export function millisecondsOf(nanoseconds: bigint): number {
  return Number(nanoseconds / NANOSECONDS) / 1_000;
}
