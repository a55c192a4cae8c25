import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const { plain } = INSTANCE_QUERIES;

/** The checks of one server. */
export const httpCheckDashboard: Dashboard = Dashboard.parse({
  title: 'HTTP checks',
  description: 'Checks of one server: results, times by phase, certificates.',
  tags: ['http', 'check'],
  variables: [instanceVariable('httpcheck_ok')],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Checks that succeed', 'ratio', { text: 'avg by (instance) (httpcheck_ok{instance="$instance"})' }),
        stat('Slowest check', 'seconds', {
          text: 'max by (instance) (httpcheck_duration_seconds{instance="$instance"})',
        }),
        stat('First certificate ends in', 'seconds', {
          text: 'min by (instance) (httpcheck_tls_cert_remaining_seconds{instance="$instance"})',
        }),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Success', '', [plain('httpcheck_ok', '{{check}}')], { min: 0, max: 1 }),
        chart('Result', '', [
          { text: 'sum by (check, result) (httpcheck_result{instance="$instance"})', legend: '{{check}} {{result}}' },
        ]),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Time', 'seconds', [plain('httpcheck_duration_seconds', '{{check}}')], { min: 0 }),
        chart(
          'Time by phase',
          'seconds',
          [
            plain('httpcheck_dns_lookup_duration_seconds', '{{check}} name'),
            plain('httpcheck_client_connection_duration_seconds', '{{check}} connection'),
            plain('httpcheck_tls_handshake_duration_seconds', '{{check}} TLS'),
            plain('httpcheck_client_request_duration_seconds', '{{check}} first byte'),
            plain('httpcheck_response_duration_seconds', '{{check}} body'),
          ],
          { min: 0 },
        ),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Status', '', [plain('httpcheck_status_code', '{{check}}')]),
        chart('Size of the body', 'bytes', [plain('httpcheck_response_size_bytes', '{{check}}')], { min: 0 }),
        chart('Certificates end in', 'seconds', [plain('httpcheck_tls_cert_remaining_seconds', '{{check}} {{depth}}')]),
      ],
    },
  ]),
});
