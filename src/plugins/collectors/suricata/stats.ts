import { isJsonObject } from '#core/log-fields/parse-json.ts';
import type { CollectedValue } from '#core/plugin/collector.ts';
import { type JsonFigure, type JsonObject, jsonAt, jsonFigures, jsonItems } from '#core/plugin/json-answer.ts';
import type { SURICATA_METRICS } from './metrics.ts';

const IPS = ['accepted', 'blocked', 'rejected', 'replaced'];
const PROTOCOLS = ['ipv4', 'ipv6', 'tcp', 'udp', 'icmpv4', 'icmpv6'];

/** Where the figures of a record of statistics stand. */
const FIGURES: readonly JsonFigure<keyof typeof SURICATA_METRICS>[] = [
  ['uptime', 'suricata_uptime_seconds'],
  ['capture.kernel_packets', 'suricata_capture_kernel_packets_total'],
  ['capture.kernel_drops', 'suricata_capture_kernel_drops_total'],
  ['decoder.pkts', 'suricata_decoder_packets_total'],
  ['decoder.bytes', 'suricata_decoder_bytes_total'],
  ['decoder.invalid', 'suricata_decoder_invalid_total'],
  ...PROTOCOLS.map((proto) => [`decoder.${proto}`, 'suricata_decoder_protocol_packets_total', { proto }] as const),
  ['flow.tcp', 'suricata_flow_tcp_total'],
  ['flow.udp', 'suricata_flow_udp_total'],
  ['flow.memuse', 'suricata_flow_memuse_bytes'],
  ['flow.emerg_mode_entered', 'suricata_flow_emergency_total'],
  ['tcp.sessions', 'suricata_tcp_sessions_total'],
  ['tcp.reassembly_gap', 'suricata_tcp_reassembly_gap_total'],
  ['tcp.memuse', 'suricata_tcp_memuse_bytes'],
  ['tcp.reassembly_memuse', 'suricata_tcp_reassembly_memuse_bytes'],
  ['detect.alert', 'suricata_detect_alert_total'],
  ...IPS.map((action) => [`ips.${action}`, 'suricata_ips_packets_total', { action }] as const),
];

/**
 * Values of the statistics of a record: totals, not the increases (`…_delta`) that stand beside them, and of the whole program,
 * not of its threads.
 */
export function valuesOfStats(stats: JsonObject): CollectedValue[] {
  return [...jsonFigures(stats, FIGURES), ...protocols(stats), ...rules(stats)];
}

function protocols(stats: JsonObject): CollectedValue[] {
  const flows = jsonAt(stats, 'app_layer.flow');
  return Object.entries(isJsonObject(flows) ? flows : {}).flatMap(([proto, value]) =>
    typeof value === 'number' && !proto.endsWith('_delta')
      ? [{ metric: 'suricata_app_layer_flow_total', labels: { proto }, value }]
      : [],
  );
}

function rules(stats: JsonObject): CollectedValue[] {
  return jsonItems(stats, 'detect.engines').flatMap((engine) =>
    jsonFigures(
      engine,
      [
        ['rules_loaded', 'suricata_rules_loaded'],
        ['rules_failed', 'suricata_rules_failed'],
      ],
      { engine: String(engine['id']) },
    ),
  );
}
