import type { TappedLog } from '#core/live-tap.ts';
import type { LogRecord } from '#core/model/log-record.ts';
import type { FromThread } from '#pipeline/protocol.ts';
import type { LogRow } from './log-columns.ts';
import { boundText } from './log-limits.ts';

/** Makes the test of a query; throws `bad_query` where it is none. */
export type LogFilterCompiler = (query: string) => (record: LogRecord) => boolean;

type Watch = {
  readonly matches: (record: LogRecord) => boolean;
  records: TappedLog[];
  skipped: number;
  /** Lines that were shown in the running second. */
  shown: number;
};

const EVERY_MS = 50;
const SECOND_MS = 1_000;
/** More than anyone can read; what comes beyond it in a second is only counted. */
const MAX_PER_SECOND = 2_000;
const MAX_BODY_BYTES = 64 * 1024;

/** The side of the live tail in the ingest thread: who watches which lines, and what has not been handed out. */
export class LogTaps {
  readonly #compile: LogFilterCompiler;
  readonly #post: (message: Extract<FromThread, { kind: 'logs' }>) => void;
  readonly #monotonic: () => number;
  readonly #watches = new Map<number, Watch>();
  #secondEnds = 0;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;

  constructor(
    compile: LogFilterCompiler,
    post: (message: Extract<FromThread, { kind: 'logs' }>) => void,
    monotonic: () => number,
  ) {
    this.#compile = compile;
    this.#post = post;
    this.#monotonic = monotonic;
  }

  get isWatched(): boolean {
    return this.#watches.size > 0;
  }

  watch(id: number, query: string): void {
    this.#watches.set(id, { matches: this.#compile(query), records: [], skipped: 0, shown: 0 });
  }

  unwatch(id: number): void {
    this.#watches.delete(id);
  }

  /** Hot while anyone watches: per line. `record` is within the limits, but for its body. */
  push(record: LogRecord, row: LogRow): void {
    this.#beginSecond();
    let tapped: TappedLog | undefined;
    for (const watch of this.#watches.values()) {
      if (watch.shown >= MAX_PER_SECOND) watch.skipped += 1;
      else if (watch.matches(record)) {
        tapped ??= tappedOf(record, row);
        watch.records.push(tapped);
        watch.shown += 1;
      } else continue;
      if (this.#timer === undefined && this.#immediate === undefined)
        this.#immediate = setImmediate(() => this.#hand());
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
    this.#watches.clear();
  }

  #beginSecond(): void {
    const now = this.#monotonic();
    if (now < this.#secondEnds) return;
    this.#secondEnds = now + SECOND_MS;
    for (const watch of this.#watches.values()) watch.shown = 0;
  }

  #hand(): void {
    this.#immediate = undefined;
    this.#timer = undefined;
    for (const [id, watch] of this.#watches) {
      const { records, skipped } = watch;
      if (records.length === 0 && skipped === 0) continue;
      watch.records = [];
      watch.skipped = 0;
      this.#timer ??= setTimeout(() => this.#hand(), EVERY_MS);
      this.#post({ kind: 'logs', watch: id, records, skipped });
    }
  }
}

/** A copy that outlives the chunk of input it came in. */
function tappedOf(record: LogRecord, { us, seq, body, attributes, notes }: LogRow): TappedLog {
  const text = typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
  return {
    ...record,
    t: us / 1_000,
    seq,
    body: boundText(text, MAX_BODY_BYTES),
    attributes: notes.length === 0 ? attributes : [...attributes, ...notes],
  };
}
