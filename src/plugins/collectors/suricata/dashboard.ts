import { Dashboard } from '#core/api/dashboard.ts';
import { chart, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

/** The series of a metric as they are. */
const plain = (metric: string, legend = '') => ({ text: `${metric}{host="$host"}`, legend });
/** Rates of a counter, summed by a label. */
const rateBy = (metric: string, label: string, legend: string) => ({
  text: `sum by (${label}) (rate(${metric}{host="$host"}))`,
  legend,
});
const FROM_ZERO = { min: 0 };

/** One Suricata. */
export const suricataDashboard: Dashboard = Dashboard.parse({
  title: 'Suricata',
  description: 'One Suricata: alerts by signature, packets, flows, memory. Alerts themselves are events.',
  tags: ['suricata', 'security'],
  variables: [
    { name: 'host', title: 'Host', kind: 'label', label: 'host', match: 'suricata_alerts_without_event_total{}' },
  ],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Alerts per second', '', rateBy('suricata_alerts_total', 'host', '')),
        stat('Packets per second', '', rateBy('suricata_capture_kernel_packets_total', 'host', '')),
        stat('Packets lost per second', '', rateBy('suricata_capture_kernel_drops_total', 'host', '')),
        stat('Running for', 'seconds', plain('suricata_uptime_seconds')),
      ],
    },
    {
      height: 9,
      panels: [
        chart('Alerts per second by signature', '', [
          rateBy('suricata_alerts_total', 'signature_id, signature', '{{signature_id}} {{signature}}'),
        ]),
        chart(
          'Alerts per second by severity',
          '',
          [rateBy('suricata_alerts_total', 'severity', '{{severity}}')],
          FROM_ZERO,
        ),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Traffic inspected', 'bytes_per_second', [rateBy('suricata_decoder_bytes_total', 'host', 'bytes')]),
        chart('Flows per second by application', '', [rateBy('suricata_app_layer_flow_total', 'proto', '{{proto}}')]),
        chart('Records per second by type', '', [rateBy('suricata_records_total', 'event_type', '{{event_type}}')]),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Memory', 'bytes', [
          plain('suricata_flow_memuse_bytes', 'flows'),
          plain('suricata_tcp_memuse_bytes', 'sessions'),
          plain('suricata_tcp_reassembly_memuse_bytes', 'reassembly'),
        ]),
        chart('Gaps in streams per second', '', [rateBy('suricata_tcp_reassembly_gap_total', 'host', 'gaps')]),
        chart('Dropped per second by reason', '', [rateBy('suricata_drops_total', 'reason', '{{reason}}')], FROM_ZERO),
      ],
    },
  ]),
});
