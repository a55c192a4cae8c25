import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows } from '#core/plugin/dashboard-rows.ts';

const { plain } = INSTANCE_QUERIES;

/** The checks of one port. */
export const tcpCheckDashboard: Dashboard = Dashboard.parse({
  title: 'TCP checks',
  description: 'Checks of one port: results, times by phase, certificates.',
  tags: ['tcp', 'check'],
  variables: [instanceVariable('tcpcheck_ok')],
  panels: placeRows([
    {
      height: 8,
      panels: [
        chart('Success', '', [plain('tcpcheck_ok', '{{check}}')], { min: 0, max: 1 }),
        chart('Result', '', [
          { text: 'sum by (check, result) (tcpcheck_result{instance="$instance"})', legend: '{{check}} {{result}}' },
        ]),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Time', 'seconds', [plain('tcpcheck_duration_seconds', '{{check}}')], { min: 0 }),
        chart(
          'Time by phase',
          'seconds',
          [
            plain('tcpcheck_dns_lookup_duration_seconds', '{{check}} name'),
            plain('tcpcheck_client_connection_duration_seconds', '{{check}} connection'),
            plain('tcpcheck_tls_handshake_duration_seconds', '{{check}} TLS'),
            plain('tcpcheck_dialogue_duration_seconds', '{{check}} dialogue'),
          ],
          { min: 0 },
        ),
        chart('Certificates end in', 'seconds', [plain('tcpcheck_tls_cert_remaining_seconds', '{{check}} {{depth}}')]),
      ],
    },
  ]),
});
