/** Cuts a list into pieces, so that a statement stays below the engine's `max_query_size` (256 KiB). */
export function chunks<T>(list: readonly T[], size: number): T[][] {
  const out: T[][] = [];
  for (let at = 0; at < list.length; at += size) out.push(list.slice(at, at + size));
  return out;
}
