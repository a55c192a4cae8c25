import type { CollectedValue } from '#core/plugin/collector.ts';

/** Seconds since boot from /proc/uptime. */
export function parseUptime(text: string): CollectedValue[] {
  const [, seconds] = /^(\d+(?:\.\d+)?)\s/.exec(text) ?? [];
  return seconds === undefined ? [] : [{ metric: 'system_uptime_seconds', value: Number(seconds) }];
}
