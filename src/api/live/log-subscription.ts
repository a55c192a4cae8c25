import type { LogRow } from '#core/api/logs.ts';
import type { LogTap, LogTapBatch, TappedLog } from '#core/live-tap.ts';
import type { LogFields } from '#core/model/log-record.ts';
import type { Clock } from '#io/clock.ts';
import type { Viewer } from './viewer.ts';

export type LogSubscriptionOptions = {
  readonly id: string;
  readonly query: string;
  readonly viewer: Viewer;
  readonly tap: LogTap;
  readonly clock: Clock;
};

/** Lines that one viewer can be shown a second; and the longest text of one that goes over the live stream. */
const LINES_A_SECOND = 500;
const MAX_BODY = 4_096;

/** One `logs-sub` of one viewer: lines as they arrive, never more than can be read, what is left out is counted. */
export class LogSubscription {
  readonly #options: LogSubscriptionOptions;
  readonly #watch: { readonly close: () => void };
  #second = 0;
  #sent = 0;
  /** Left out since the viewer was last told. */
  #skipped = 0;

  /** Throws `bad_query` for what is no query. */
  constructor(options: LogSubscriptionOptions) {
    this.#options = options;
    this.#watch = options.tap.watch(options.query, (batch) => this.#take(batch));
  }

  close(): void {
    this.#watch.close();
  }

  #take({ records, skipped }: LogTapBatch): void {
    const { id, viewer } = this.#options;
    const taken = viewer.isChoked ? [] : records.slice(-this.#room());
    this.#sent += taken.length;
    this.#skipped += skipped + records.length - taken.length;
    if (viewer.isChoked || (taken.length === 0 && this.#skipped === 0)) return;
    viewer.control({ type: 'logs', id, rows: taken.map(rowOf), skipped: this.#skipped });
    this.#skipped = 0;
  }

  /** Lines that may still go in this second, at least one: the newest is always seen. */
  #room(): number {
    const second = Math.floor(this.#options.clock.monotonic() / 1_000);
    if (second !== this.#second) this.#sent = 0;
    this.#second = second;
    return Math.max(1, LINES_A_SECOND - this.#sent);
  }
}

/** A line as searches give it, its text cut at what a screen shows. */
function rowOf(record: TappedLog): LogRow {
  const { t, seq, severity, host, service, source, body, traceId, spanId, attributes, resource, pattern } = record;
  return {
    id: `${Math.round(t * 1_000)}_${seq}`,
    ...{ t, severity, host, service, source, traceId, spanId },
    body: cut(body),
    attributes: fieldsOf(attributes),
    resource: fieldsOf(resource),
    ...(pattern === undefined ? {} : { pattern }),
  };
}

const cut = (text: string): string => (text.length > MAX_BODY ? `${text.slice(0, MAX_BODY)}…` : text);

function fieldsOf(pairs: LogFields): Record<string, string> {
  const fields: [string, string][] = [];
  for (let at = 0; at + 1 < pairs.length; at += 2) fields.push([pairs[at] ?? '', pairs[at + 1] ?? '']);
  return Object.fromEntries(fields);
}
