import type { CollectedValue } from '#core/plugin/collector.ts';

type Source = { readonly field: string; readonly metric: string; readonly labels?: Record<string, string> };

const IN = { network_io_direction: 'receive' };
const OUT = { network_io_direction: 'transmit' };

const SOURCES: readonly Source[] = [
  { field: 'Tcp.InSegs', metric: 'system_network_tcp_segments_total', labels: IN },
  { field: 'Tcp.OutSegs', metric: 'system_network_tcp_segments_total', labels: OUT },
  { field: 'Tcp.RetransSegs', metric: 'system_network_tcp_retransmits_total' },
  { field: 'Tcp.ActiveOpens', metric: 'system_network_tcp_opens_total', labels: { open_type: 'active' } },
  { field: 'Tcp.PassiveOpens', metric: 'system_network_tcp_opens_total', labels: { open_type: 'passive' } },
  { field: 'Tcp.AttemptFails', metric: 'system_network_tcp_failures_total', labels: { failure_type: 'attempt' } },
  { field: 'Tcp.EstabResets', metric: 'system_network_tcp_failures_total', labels: { failure_type: 'reset' } },
  { field: 'Tcp.InErrs', metric: 'system_network_tcp_failures_total', labels: { failure_type: 'receive' } },
  { field: 'TcpExt.ListenDrops', metric: 'system_network_tcp_failures_total', labels: { failure_type: 'listen_drop' } },
  { field: 'Udp.InDatagrams', metric: 'system_network_udp_datagrams_total', labels: IN },
  { field: 'Udp.OutDatagrams', metric: 'system_network_udp_datagrams_total', labels: OUT },
  { field: 'Udp.NoPorts', metric: 'system_network_udp_failures_total', labels: { failure_type: 'no_port' } },
  { field: 'Udp.InErrors', metric: 'system_network_udp_failures_total', labels: { failure_type: 'receive' } },
  {
    field: 'Udp.RcvbufErrors',
    metric: 'system_network_udp_failures_total',
    labels: { failure_type: 'receive_buffer' },
  },
  { field: 'Udp.SndbufErrors', metric: 'system_network_udp_failures_total', labels: { failure_type: 'send_buffer' } },
];

/**
 * TCP and UDP counters from /proc/net/snmp or /proc/net/netstat: pairs of lines, names then values. These are of IPv4
 * and IPv6 together for TCP, of IPv4 for UDP.
 */
export function parseProtocols(text: string): CollectedValue[] {
  const fields = fieldsOf(text);
  return SOURCES.flatMap(({ field, metric, labels }) => {
    const value = fields.get(field);
    if (value === undefined || Number.isNaN(value)) return [];
    return [labels === undefined ? { metric, value } : { metric, labels, value }];
  });
}

function fieldsOf(text: string): ReadonlyMap<string, number> {
  const fields = new Map<string, number>();
  const lines = text.split('\n');
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const [protocol, ...names] = lines[i]?.split(' ') ?? [];
    const values = lines[i + 1]?.split(' ') ?? [];
    if (protocol !== values[0]) continue;
    for (const [column, name] of names.entries())
      fields.set(`${protocol?.slice(0, -1)}.${name}`, Number(values[column + 1]));
  }
  return fields;
}
