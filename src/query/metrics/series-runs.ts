import type { NativeBlock, NativeColumn } from '#storage/clickhouse/telemetry-store.ts';

/** Rows of one series, `from` (inclusive) to `to` (exclusive) in the concatenated columns. */
export type SeriesRun = { readonly id: bigint; readonly from: number; readonly to: number };

/** An answer ordered by series and time as a few long columns and where each series lies in them. */
export type SeriesColumns = { readonly runs: readonly SeriesRun[]; readonly columns: readonly Float64Array[] };

/**
 * Joins the blocks of an answer: first column `id` (UInt64), then Float64 columns. Hot path: ids are compared as two
 * 32-bit words, because reading a BigUint64Array makes one BigInt per row.
 */
export function seriesColumns(blocks: readonly NativeBlock[], width: number): SeriesColumns {
  const rows = blocks.reduce((sum, block) => sum + block.rows, 0);
  const columns = Array.from({ length: width }, () => new Float64Array(rows));
  const runs: { id: bigint; from: number; to: number }[] = [];
  let offset = 0;
  for (const block of blocks) {
    if (block.rows === 0) continue;
    columns.forEach((column, i) => column.set(numbers(block.columns[i + 1]), offset));
    appendRuns(runs, ids(block.columns[0]), offset);
    offset += block.rows;
  }
  return { runs, columns };
}

function appendRuns(runs: { id: bigint; from: number; to: number }[], ids: BigUint64Array, offset: number): void {
  const words = new Uint32Array(ids.buffer, ids.byteOffset, ids.length * 2);
  let start = 0;
  for (let i = 1; i <= ids.length; i++) {
    const same = i < ids.length && words[2 * i] === words[2 * start] && words[2 * i + 1] === words[2 * start + 1];
    if (same) continue;
    const id = ids[start]!;
    const last = runs.at(-1);
    if (start === 0 && last?.id === id) last.to = offset + i;
    else runs.push({ id, from: offset + start, to: offset + i });
    start = i;
  }
}

function numbers(column: NativeColumn | undefined): Float64Array {
  if (column?.kind === 'number' && column.values instanceof Float64Array) return column.values;
  throw new TypeError(`expected a Float64 column, got ${column?.kind ?? 'none'}`);
}

function ids(column: NativeColumn | undefined): BigUint64Array {
  if (column?.kind === 'bigint' && column.values instanceof BigUint64Array) return column.values;
  throw new TypeError(`expected a UInt64 column, got ${column?.kind ?? 'none'}`);
}
