import type { LogRow } from '#core/api/logs.ts';

type Order = 'newest' | 'oldest';

/** Negative when `a` is older than `b`: by time, then by `seq`, as their ids tell. */
export function compareRows(a: LogRow, b: LogRow): number {
  const [aTime, aSeq] = placeOf(a.id);
  const [bTime, bSeq] = placeOf(b.id);
  if (aTime !== bTime) return aTime - bTime;
  if (aSeq.length !== bSeq.length) return aSeq.length - bSeq.length;
  return aSeq < bSeq ? -1 : aSeq > bSeq ? 1 : 0;
}

function placeOf(id: string): readonly [micros: number, seq: string] {
  const cut = id.indexOf('_');
  return [Number(id.slice(0, cut)), id.slice(cut + 1)];
}

/** Two lists in one, in order, each row once. The first is in order already. */
export function mergeRows(ordered: readonly LogRow[], more: readonly LogRow[], order: Order): readonly LogRow[] {
  const sign = order === 'newest' ? -1 : 1;
  const added = more.toSorted((a, b) => sign * compareRows(a, b));
  const [first] = added;
  if (first === undefined) return ordered;
  const last = ordered.at(-1);
  if (last === undefined || sign * compareRows(last, first) < 0) return [...ordered, ...unique(added)];
  const merged: LogRow[] = [];
  let at = 0;
  for (const row of ordered) {
    for (let next = added[at]; next !== undefined && sign * compareRows(next, row) < 0; next = added[++at]) {
      merged.push(next);
    }
    merged.push(row);
    while (added[at]?.id === row.id) at++;
  }
  return unique([...merged, ...added.slice(at)]);
}

const unique = (rows: readonly LogRow[]): LogRow[] => rows.filter((row, index) => row.id !== rows[index - 1]?.id);
