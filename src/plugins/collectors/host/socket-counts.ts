import type { CollectedValue } from '#core/plugin/collector.ts';

/** Open sockets per protocol from /proc/net/sockstat or sockstat6 (`TCP6: inuse 4`). */
export function parseSocketCounts(sockstat: string): CollectedValue[] {
  return [...sockstat.matchAll(/^(\w+): inuse (\d+)/gm)].map(([, protocol = '', count]) => ({
    metric: 'system_network_socket_count',
    labels: { network_transport: protocol.toLowerCase() },
    value: Number(count),
  }));
}
