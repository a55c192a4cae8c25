/**
 * One row of `GET /api/hosts` (and, with `facts`, the answer of `GET /api/hosts/:host`). Figures are of the last 5
 * minutes; `null` = not measured. Ratios are 0..1, rates bytes per second, times ms since the epoch.
 */
export type HostSummary = {
  readonly host: string;
  readonly lastSeenAt: number;
  readonly uptimeSeconds: number | null;
  readonly cpuRatio: number | null;
  readonly loadPerCore: number | null;
  readonly memoryRatio: number | null;
  /** The fullest filesystem. */
  readonly diskRatio: number | null;
  readonly networkBytesPerSecond: number | null;
  /** Active series with this `host` label. */
  readonly series: number;
};

/** Labels of the host's `system_info` series and figures that describe it. */
export type HostDetail = HostSummary & { readonly facts: Readonly<Record<string, string>> };
