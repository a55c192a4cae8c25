import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows } from '#core/plugin/dashboard-rows.ts';

const { plain } = INSTANCE_QUERIES;

/** The WebSockets of one server. */
export const websocketCheckDashboard: Dashboard = Dashboard.parse({
  title: 'WebSocket checks',
  description: 'WebSockets of one server: results, times by phase, certificates.',
  tags: ['websocket', 'check'],
  variables: [instanceVariable('websocketcheck_ok')],
  panels: placeRows([
    {
      height: 8,
      panels: [
        chart('Success', '', [plain('websocketcheck_ok', '{{check}}')], { min: 0, max: 1 }),
        chart('Result', '', [
          {
            text: 'sum by (check, result) (websocketcheck_result{instance="$instance"})',
            legend: '{{check}} {{result}}',
          },
        ]),
        chart('Status of the handshake', '', [plain('websocketcheck_status_code', '{{check}}')], { min: 0 }),
      ],
    },
    {
      height: 8,
      panels: [
        chart(
          'Time by phase',
          'seconds',
          [
            plain('websocketcheck_dns_lookup_duration_seconds', '{{check}} name'),
            plain('websocketcheck_client_connection_duration_seconds', '{{check}} connection'),
            plain('websocketcheck_tls_handshake_duration_seconds', '{{check}} TLS'),
            plain('websocketcheck_handshake_duration_seconds', '{{check}} handshake'),
            plain('websocketcheck_ping_duration_seconds', '{{check}} ping'),
            plain('websocketcheck_message_duration_seconds', '{{check}} message'),
          ],
          { min: 0 },
        ),
        chart('Certificates end in', 'seconds', [
          plain('websocketcheck_tls_cert_remaining_seconds', '{{check}} {{depth}}'),
        ]),
      ],
    },
  ]),
});
