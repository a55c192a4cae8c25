import { z } from 'zod';
import { Duration, Lifetime } from '#core/units/duration-option.ts';
import { Size } from '#core/units/size.ts';

const count = (fallback: number) => z.number().int().min(1).default(fallback);

/** Options of the intake. Every limit refuses with a reason that is counted; none of them drops silently. */
export const IngestConfig = z.strictObject({
  /** Bytes of accepted data that may wait for the store; beyond it senders wait (TCP) or are refused. */
  spoolLimit: Size.prefault('4GiB'),
  /** Free space on the spool's disk below which intake refuses. */
  minFreeSpace: Size.prefault('512MiB'),
  /** Series known at a time; beyond it new ones are refused and known ones go on. */
  maxSeries: count(2_000_000),
  /** The same for one source: one sender's address on one input, or one internal writer. */
  maxSeriesPerSource: count(1_000_000),
  maxLineBytes: Size.prefault('16KiB'),
  /** The longest frame of a binary protocol (pickle). */
  maxFrameBytes: Size.prefault('4MiB'),
  /** TCP connections of one listener. */
  maxConnections: count(1_000),
  maxConnectionsPerAddress: count(500),
  /** A TCP connection that sends nothing for so long is closed. */
  idleTimeout: Duration.prefault('15m'),
  /** How far ahead of this machine's clock a sample may be. */
  futureWindow: Duration.prefault('10m'),
  /** Older samples are refused; what the server reads from its file follows the retention of raw samples. */
  maxAge: Lifetime.prefault('14d'),
  /** The same for log records; follows the longest retention of logs. */
  maxLogAge: Lifetime.prefault('14d'),
  /** GeoIP databases in the format of MaxMind (.mmdb), for the rules of log lines; what one lacks the next may know. */
  geoip: z.array(z.string().min(1)).default([]),
  /** Log lines are clustered into patterns; off saves about a microsecond a line. */
  logPatterns: z.boolean().default(true),
  /** Samples are durable within this time. */
  flushInterval: Duration.prefault('1s'),
  /** Rows of one batch: large ones cost the store less, small ones are queryable sooner. */
  maxBatchRows: count(1_000_000),
});
export type IngestConfig = z.infer<typeof IngestConfig>;
