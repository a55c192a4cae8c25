import type { LogFields, LogRecord } from '#core/model/log-record.ts';
import type { TimeSpan } from '#core/model/time-span.ts';
import type { InputRows } from '#pipeline/protocol.ts';
import { ByteWriter } from '#storage/clickhouse/native/byte-writer.ts';
import { ByteColumn } from './byte-column.ts';
import { coveredSeconds } from './covered-seconds.ts';
import { grown } from './growing.ts';
import { MapColumn } from './map-column.ts';

const FIRST_ROWS = 1 << 10;
const WORD = 2 ** 32;
const HEADER_BYTES = 512;
const COLUMNS = 12;

/** What is known of a record beside itself. Its texts are within the limits, its body is UTF-8. */
export type LogRow = {
  /** Microseconds since the epoch. */
  readonly us: number;
  readonly seq: number;
  readonly body: Uint8Array | string;
  readonly attributes: LogFields;
  /** Attributes that say what became of the line. */
  readonly notes: LogFields;
  /** The id of its pattern, 64 bits in two words; 0 = none. */
  readonly patternLow: number;
  readonly patternHigh: number;
};

/**
 * Log records as the columns of table `logs`, in the layout of the file that they become. Written for the machine: texts
 * are copied once into buffers that are used again, and nothing is allocated per record.
 */
export class LogColumns {
  rows = 0;
  /** Two words each: there is no room for 64-bit objects. */
  #ts = new Uint32Array(2 * FIRST_ROWS);
  #seq = new Uint32Array(2 * FIRST_ROWS);
  #pattern = new Uint32Array(2 * FIRST_ROWS);
  #severity = new Uint8Array(FIRST_ROWS);
  #inputs = new Uint8Array(FIRST_ROWS);
  readonly #service = new ByteColumn();
  readonly #host = new ByteColumn();
  readonly #source = new ByteColumn();
  readonly #traceId = new ByteColumn();
  readonly #spanId = new ByteColumn();
  readonly #resource = new MapColumn();
  readonly #attributes = new MapColumn();
  readonly #body = new ByteColumn();

  /** Bytes of the texts, which are nearly all of the file. */
  get bytes(): number {
    return this.#body.length + this.#attributes.bytes + this.#resource.bytes;
  }

  append(record: LogRecord, row: LogRow, input: number): void {
    const at = this.rows;
    if (at === this.#severity.length) this.#grow();
    setWords(this.#ts, at, row.us);
    setWords(this.#seq, at, row.seq);
    this.#pattern[2 * at] = row.patternLow;
    this.#pattern[2 * at + 1] = row.patternHigh;
    this.#severity[at] = record.severity;
    this.#inputs[at] = input;
    this.#service.text(record.service);
    this.#host.text(record.host);
    this.#source.text(record.source);
    this.#traceId.text(record.traceId);
    this.#spanId.text(record.spanId);
    this.#resource.append(at, record.resource);
    this.#attributes.append(at, row.attributes, row.notes);
    if (typeof row.body === 'string') this.#body.text(row.body);
    else this.#body.bytes(row.body);
    this.rows = at + 1;
  }

  get counts(): InputRows {
    const counts = new Map<number, number>();
    for (const input of this.#inputs.subarray(0, this.rows)) counts.set(input, (counts.get(input) ?? 0) + 1);
    return [...counts];
  }

  /** Where the times of the rows lie; see {@link coveredSeconds}. */
  get spans(): readonly TimeSpan[] {
    const at = (row: number): number => (this.#ts[2 * row + 1]! * WORD + this.#ts[2 * row]!) / 1000;
    let oldest = Number.POSITIVE_INFINITY;
    let newest = 0;
    for (let row = 0; row < this.rows; row++) {
      const t = at(row);
      if (t < oldest) oldest = t;
      if (t > newest) newest = t;
    }
    return coveredSeconds({ rows: this.rows, oldest, newest, at });
  }

  /** Takes rows `[from, to)` out again. */
  remove(from: number, to: number): void {
    const { rows } = this;
    for (const words of [this.#ts, this.#seq, this.#pattern]) words.copyWithin(2 * from, 2 * to, 2 * rows);
    for (const one of [this.#severity, this.#inputs]) one.copyWithin(from, to, rows);
    for (const [, column] of this.#texts()) column.remove(from, to);
    for (const [, column] of this.#maps()) column.remove(from, to, rows);
    this.rows = rows - (to - from);
  }

  clear(): void {
    this.rows = 0;
    for (const [, column] of [...this.#texts(), ...this.#maps()]) column.clear();
  }

  /** One Native block. */
  encode(): Uint8Array {
    const { rows } = this;
    const size = [...this.#texts()].reduce((sum, [, column]) => sum + column.length, HEADER_BYTES + 40 * rows);
    const writer = new ByteWriter(size + this.bytes);
    const column = (name: string, type: string, ...parts: readonly ArrayBufferView[]): void => {
      writer.text(name);
      writer.text(type);
      for (const part of parts) writer.block(part);
    };
    writer.varuint(COLUMNS);
    writer.varuint(rows);
    column('ts', 'DateTime64(6)', this.#ts.subarray(0, 2 * rows));
    column('seq', 'UInt64', this.#seq.subarray(0, 2 * rows));
    column('severity', 'UInt8', this.#severity.subarray(0, rows));
    column('pattern', 'UInt64', this.#pattern.subarray(0, 2 * rows));
    for (const [name, { written }] of this.#texts()) column(name, 'String', written);
    for (const [name, map] of this.#maps()) {
      column(name, 'Map(String, String)', map.offsets(rows), map.names.written, map.values.written);
    }
    return writer.finish();
  }

  #texts(): readonly (readonly [name: string, column: ByteColumn])[] {
    return [
      ['service', this.#service],
      ['host', this.#host],
      ['source', this.#source],
      ['trace_id', this.#traceId],
      ['span_id', this.#spanId],
      ['body', this.#body],
    ];
  }

  #maps(): readonly (readonly [name: string, column: MapColumn])[] {
    return [
      ['resource', this.#resource],
      ['attrs', this.#attributes],
    ];
  }

  #grow(): void {
    const needed = this.#severity.length * 2;
    this.#ts = grown(this.#ts, 2 * needed);
    this.#seq = grown(this.#seq, 2 * needed);
    this.#pattern = grown(this.#pattern, 2 * needed);
    this.#severity = grown(this.#severity, needed);
    this.#inputs = grown(this.#inputs, needed);
  }
}

/** A whole number of 0 to 2^53 as two 32-bit words. */
function setWords(words: Uint32Array, row: number, value: number): void {
  words[2 * row] = value >>> 0;
  words[2 * row + 1] = Math.floor(value / WORD);
}
