import type { CollectedValue } from '#core/plugin/collector.ts';
import { numbersOf } from './fields.ts';

/** Interfaces that hold no traffic of their own or repeat the traffic of others by the hundred. */
const NOT_MEASURED = /^(veth|ifb|dummy|tunl|gre|gretap|erspan|ip_vti|ip6|sit)/;

/** Eight of what was received, eight of what was transmitted. */
const COLUMNS = 16;

const METRICS = [
  'system_network_io_bytes_total',
  'system_network_packet_count_total',
  'system_network_errors_total',
  'system_network_packet_dropped_total',
] as const;

/** Counters per interface and direction from /proc/net/dev. A colon may touch the first number (old kernels). */
export function parseNetwork(dev: string): CollectedValue[] {
  const values: CollectedValue[] = [];
  for (const [, name = '', rest = ''] of dev.matchAll(/^\s*([^\s:|]+(?::\d+)?):\s*(\d.*)$/gm)) {
    if (NOT_MEASURED.test(name)) continue;
    const counters = numbersOf(rest);
    if (counters.length < COLUMNS || counters.some(Number.isNaN)) continue;
    for (const [direction, offset] of [
      ['receive', 0],
      ['transmit', 8],
    ] as const) {
      const labels = { network_interface_name: name, network_io_direction: direction };
      for (const [column, metric] of METRICS.entries()) {
        values.push({ metric, labels, value: counters[offset + column] ?? 0 });
      }
    }
  }
  return values;
}
