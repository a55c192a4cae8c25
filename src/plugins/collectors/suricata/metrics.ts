import { counter, gauge, type MetricTable } from '#core/plugin/metric.ts';

/** Every series of the Suricata collector. */
export const SURICATA_METRICS = {
  suricata_uptime_seconds: gauge('seconds', 'Time since Suricata started.'),
  suricata_capture_kernel_packets_total: counter('', 'Packets that the kernel gave to Suricata.'),
  suricata_capture_kernel_drops_total: counter('', 'Packets that the kernel dropped because Suricata was too slow.'),
  suricata_decoder_packets_total: counter('', 'Packets decoded.'),
  suricata_decoder_bytes_total: counter('bytes', 'Bytes decoded.'),
  suricata_decoder_invalid_total: counter('', 'Packets that are no valid ones.'),
  suricata_decoder_protocol_packets_total: counter('', 'Packets decoded by protocol.', ['proto']),
  suricata_flow_tcp_total: counter('', 'Flows of TCP.'),
  suricata_flow_udp_total: counter('', 'Flows of UDP.'),
  suricata_flow_memuse_bytes: gauge('bytes', 'Memory of the table of flows.'),
  suricata_flow_emergency_total: counter('', 'Times the table of flows was so full that flows were given up.'),
  suricata_tcp_sessions_total: counter('', 'Sessions of TCP.'),
  suricata_tcp_reassembly_gap_total: counter('', 'Gaps in streams of TCP: what was lost there was not inspected.'),
  suricata_tcp_memuse_bytes: gauge('bytes', 'Memory of sessions of TCP.'),
  suricata_tcp_reassembly_memuse_bytes: gauge('bytes', 'Memory of the reassembly of streams.'),
  suricata_detect_alert_total: counter('', 'Alerts, as Suricata counts them.'),
  suricata_rules_loaded: gauge('', 'Rules loaded.', ['engine']),
  suricata_rules_failed: gauge('', 'Rules that could not be loaded.', ['engine']),
  suricata_ips_packets_total: counter('', 'Packets by what an IPS did: accepted, blocked, rejected, replaced.', [
    'action',
  ]),
  suricata_app_layer_flow_total: counter('', 'Flows by protocol of the application.', ['proto']),
  suricata_records_total: counter('', 'Records that were read, by type.', ['event_type']),
  suricata_drops_total: counter('', 'Packets that an IPS dropped, by reason.', ['reason']),
  suricata_alerts_total: counter('', 'Alerts read, by signature; severity 1 is the gravest.', [
    ...['signature_id', 'signature', 'severity', 'action'],
  ]),
  suricata_alerts_without_event_total: counter(
    '',
    'Alerts that were counted and are no events, because there were many.',
  ),
} satisfies MetricTable;
