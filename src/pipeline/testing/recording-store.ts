import { readFile } from 'node:fs/promises';
import { AppError } from '#core/errors.ts';
import { decodeNative } from '#storage/clickhouse/native/decode.ts';
import { FLOAT_BITS } from '#storage/clickhouse/schema/sample-value.ts';
import type { NativeBlock, SpooledFiles } from '#storage/clickhouse/telemetry-store.ts';

export type StoredSample = { readonly id: bigint; readonly t: number; readonly v: number };

/** A store for tests: decodes what it is given, heeds tokens like the engine, and can be away or refuse. */
export class RecordingStore {
  readonly inserts: { readonly table: string; readonly token: string; readonly blocks: NativeBlock[] }[] = [];
  /** Set: every insert fails with this. */
  fault: AppError | undefined;
  readonly #tokens = new Set<string>();
  #grown = Promise.withResolvers<void>();

  readonly insertFiles = async (table: string, { files }: SpooledFiles, token: string): Promise<void> => {
    if (this.fault !== undefined) throw this.fault;
    const blocks = decodeNative(Buffer.concat(await Promise.all(files.map((file) => readFile(file)))));
    if (!this.#tokens.has(token)) this.inserts.push({ table, token, blocks });
    this.#tokens.add(token);
    this.#grown.resolve();
    this.#grown = Promise.withResolvers<void>();
  };

  away(): void {
    this.fault = new AppError('unavailable', 'the store is away');
  }

  back(): void {
    this.fault = undefined;
  }

  samples(): StoredSample[] {
    return this.#blocks('samples').flatMap(samplesOf);
  }

  /** The times of each insert into samples. */
  insertedTimes(): number[][] {
    return this.#blocks('samples').map((block) => samplesOf(block).map((sample) => sample.t));
  }

  /** The values of a text column of all rows of a table. */
  texts(table: string, name: string): string[] {
    return this.#blocks(table).flatMap((block) => {
      const column = block.columns.find((one) => one.name === name);
      return [...((column?.values ?? []) as readonly string[])];
    });
  }

  /** Resolves when the condition holds, looked at after each insert. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await this.#grown.promise;
  }

  #blocks(table: string): NativeBlock[] {
    return this.inserts.filter((insert) => insert.table === table).flatMap((insert) => insert.blocks);
  }
}

function samplesOf(block: NativeBlock): StoredSample[] {
  const [id, t, m, e] = ['id', 't', 'm', 'e'].map(
    (name) => block.columns.find((column) => column.name === name)?.values,
  );
  return Array.from({ length: block.rows }, (_, row) => ({
    id: (id as BigUint64Array)[row] ?? 0n,
    t: Number((t as BigInt64Array)[row]),
    v: valueOf((m as BigInt64Array)[row] ?? 0n, (e as Uint8Array)[row] ?? 0),
  }));
}

function valueOf(m: bigint, e: number): number {
  return e === FLOAT_BITS ? (new Float64Array(BigInt64Array.of(m).buffer)[0] ?? 0) : Number(m) / 10 ** e;
}
