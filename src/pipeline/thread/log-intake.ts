import type { LogFields, LogRecord, RawLog } from '#core/model/log-record.ts';
import type { RejectReason } from '#core/plugin/input.ts';
import type { LogParser } from '#parsing/log-parser.ts';
import type { PatternMiner } from '#pipeline/patterns/pattern-miner.ts';
import type { LogBatches } from './log-batches.ts';
import {
  bodyBytes,
  boundBody,
  boundFields,
  boundText,
  MAX_BODY_BYTES,
  MAX_FIELDS,
  MAX_NAME_BYTES,
} from './log-limits.ts';
import type { LogTaps } from './log-taps.ts';

export type LogIntakeParts = {
  readonly parser: LogParser;
  readonly batches: LogBatches;
  readonly taps: LogTaps;
  /** Absent: lines have no pattern. */
  readonly patterns: Pick<PatternMiner, 'take'> | undefined;
  readonly futureWindowMs: number;
  readonly maxAgeMs: number;
  /** Wall clock at start, ms: sequence numbers go on from it. */
  readonly startedAt: number;
};

const US_PER_MS = 1_000;
const NONE: LogFields = [];

/**
 * The way of a log line in the ingest thread: parsed, brought within the limits, appended to the batch, shown to who
 * watches.
 */
export class LogIntake {
  readonly #parts: LogIntakeParts;
  /** Grows with every record of this and of later processes: a process takes fewer than a million a second. */
  #seq: number;

  constructor(parts: LogIntakeParts) {
    this.#parts = parts;
    this.#seq = parts.startedAt * US_PER_MS;
  }

  /** Undefined: the line is taken; else why it is not. `input` is the account of the sender, `address` stands for a host
   * that is not named, `now` in ms. */
  take(raw: RawLog, input: number, address: string, now: number): RejectReason | undefined {
    const { parser, batches, taps, patterns, maxAgeMs } = this.#parts;
    const parsed = parser.parse(raw, now);
    if (parsed === undefined) return 'filtered';
    const t = this.#timeOf(parsed, now);
    if (t < now - maxAgeMs || t < 0) return 'too_old';
    const record = boundRecord(parsed, address);
    const body = boundBody(parsed.body);
    const pattern = patterns?.take(record.service, body, t);
    const row = {
      us: Math.round(t * US_PER_MS),
      seq: this.#seq + 1,
      body,
      attributes: record.attributes,
      notes: this.#notesOf(parsed, t),
      patternLow: pattern?.low ?? 0,
      patternHigh: pattern?.high ?? 0,
    };
    if (!batches.append(record, row, input)) return 'spool_full';
    this.#seq += 1;
    if (taps.isWatched) taps.push(pattern === undefined ? record : { ...record, pattern: pattern.id }, row);
    return undefined;
  }

  /** The time of a record; a time that is none, or too far ahead, becomes that of arrival. */
  #timeOf({ t }: LogRecord, now: number): number {
    return t <= now + this.#parts.futureWindowMs ? t : now;
  }

  /** What was changed, for the reader of the line. */
  #notesOf({ body, attributes, t: said }: LogRecord, t: number): LogFields {
    const isLong = body.length > MAX_BODY_BYTES || (typeof body === 'string' && bodyBytes(body) > MAX_BODY_BYTES);
    const dropped = (attributes.length >> 1) - MAX_FIELDS;
    if (!isLong && dropped <= 0 && said === t) return NONE;
    return [
      ...(isLong ? ['log.truncated', String(bodyBytes(body))] : []),
      ...(dropped > 0 ? ['log.fields_dropped', String(dropped)] : []),
      ...(said !== t && Number.isFinite(said) ? ['log.original_time', timeText(said)] : []),
    ];
  }
}

/** Names and fields within the limits; the record itself where they are. */
function boundRecord(record: LogRecord, address: string): LogRecord {
  const { attributes, resource, host } = record;
  const fields = boundFields(attributes);
  const others = boundFields(resource);
  const isNamed = host !== '' || address === '';
  if (isNamed && fields === attributes && others === resource && hasShortNames(record)) return record;
  const short = (text: string): string => boundText(text, MAX_NAME_BYTES);
  return {
    ...record,
    host: short(host === '' ? address : host),
    service: short(record.service),
    source: short(record.source),
    traceId: short(record.traceId),
    spanId: short(record.spanId),
    attributes: fields,
    resource: others,
  };
}

function hasShortNames({ host, service, source, traceId, spanId }: LogRecord): boolean {
  return Math.max(host.length, service.length, source.length, traceId.length, spanId.length) * 3 <= MAX_NAME_BYTES;
}

/** ISO 8601, or the number where no calendar has it. */
function timeText(t: number): string {
  const date = new Date(t);
  return Number.isNaN(date.getTime()) ? String(t) : date.toISOString();
}
