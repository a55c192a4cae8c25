import type { Labels } from './labels.ts';

/** One log line, after parsing (OpenTelemetry log data model). */
export type LogRecord = {
  /** Microseconds since the Unix epoch. */
  readonly tUs: number;
  /** OpenTelemetry severity number, 0 (unset) to 24. */
  readonly severity: number;
  readonly host: string;
  readonly service: string;
  readonly source: string;
  readonly body: string;
  readonly attributes: Labels;
  readonly traceId?: string;
  readonly spanId?: string;
};
