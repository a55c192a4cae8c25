import { checkMetrics, connectionMetrics } from '#core/plugin/check-series.ts';
import { gauge, type MetricTable } from '#core/plugin/metric.ts';

const CHECK = ['check'];

/** Every series of the WebSocket check. */
export const WEBSOCKET_CHECK_METRICS = {
  ...checkMetrics('websocketcheck', ['status', 'subprotocol', 'expect', 'certificate_ends']),
  ...connectionMetrics('websocketcheck'),
  websocketcheck_handshake_duration_seconds: gauge('seconds', 'Time from the request to the open WebSocket.', CHECK),
  websocketcheck_ping_duration_seconds: gauge('seconds', 'Time from the ping to the pong.', CHECK),
  websocketcheck_message_duration_seconds: gauge('seconds', 'Time until what was expected came.', CHECK),
  websocketcheck_status_code: gauge('', 'Status of HTTP of the handshake; 101 is right.', CHECK),
} as const satisfies MetricTable;
