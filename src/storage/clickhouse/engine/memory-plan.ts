/** How the engine's memory budget is spent. Sizes in bytes. */
export type MemoryPlan = {
  readonly serverBytes: number;
  readonly queryBytes: number;
  readonly markCacheBytes: number;
  readonly indexCacheBytes: number;
  readonly mergeBytes: number;
};

const MIB = 2 ** 20;

/** Shares of one budget: a query may have half, merges a third, caches are small because the page cache is behind them. */
export function planMemory(budgetBytes: number): MemoryPlan {
  const share = (part: number, leastMib: number): number => Math.max(leastMib * MIB, Math.floor(budgetBytes * part));
  return {
    serverBytes: budgetBytes,
    queryBytes: share(0.45, 128),
    markCacheBytes: share(0.06, 8),
    indexCacheBytes: share(0.03, 8),
    mergeBytes: share(0.33, 64),
  };
}
