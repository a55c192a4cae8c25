import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows } from '#core/plugin/dashboard-rows.ts';

const { plain } = INSTANCE_QUERIES;

/** The services of one gRPC server. */
export const grpcCheckDashboard: Dashboard = Dashboard.parse({
  title: 'gRPC checks',
  description: 'Health of the services of one gRPC server: states, times by phase, certificates.',
  tags: ['grpc', 'check'],
  variables: [instanceVariable('grpccheck_ok')],
  panels: placeRows([
    {
      height: 8,
      panels: [
        chart('Success', '', [plain('grpccheck_ok', '{{check}}')], { min: 0, max: 1 }),
        chart('Result', '', [
          { text: 'sum by (check, result) (grpccheck_result{instance="$instance"})', legend: '{{check}} {{result}}' },
        ]),
        chart('State of the service', '', [plain('grpccheck_serving', '{{check}} {{status}}')], { min: 0, max: 1 }),
      ],
    },
    {
      height: 8,
      panels: [
        chart(
          'Time by phase',
          'seconds',
          [
            plain('grpccheck_dns_lookup_duration_seconds', '{{check}} name'),
            plain('grpccheck_client_connection_duration_seconds', '{{check}} connection'),
            plain('grpccheck_tls_handshake_duration_seconds', '{{check}} TLS'),
            plain('grpccheck_request_duration_seconds', '{{check}} call'),
          ],
          { min: 0 },
        ),
        chart('Status of gRPC', '', [plain('grpccheck_status_code', '{{check}}')], { min: 0 }),
        chart('Certificates end in', 'seconds', [plain('grpccheck_tls_cert_remaining_seconds', '{{check}} {{depth}}')]),
      ],
    },
  ]),
});
