import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const { plain } = INSTANCE_QUERIES;

/** TLS of one server. */
export const tlsCheckDashboard: Dashboard = Dashboard.parse({
  title: 'TLS checks',
  description: 'TLS of one server: certificates, versions, ciphers, times.',
  tags: ['tls', 'certificate', 'check'],
  variables: [instanceVariable('tlscheck_ok')],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('First certificate ends in', 'seconds', {
          text: 'min by (instance) (tlscheck_tls_cert_remaining_seconds{instance="$instance"})',
        }),
        stat('Trusted', '', { text: 'min by (instance) (tlscheck_trusted{instance="$instance"})' }),
        stat('Handshake', 'seconds', {
          text: 'max by (instance) (tlscheck_tls_handshake_duration_seconds{instance="$instance"})',
        }),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Success', '', [plain('tlscheck_ok', '{{check}}')], { min: 0, max: 1 }),
        chart('Result', '', [
          { text: 'sum by (check, result) (tlscheck_result{instance="$instance"})', legend: '{{check}} {{result}}' },
        ]),
        chart('Certificates end in', 'seconds', [plain('tlscheck_tls_cert_remaining_seconds', '{{check}} {{depth}}')]),
      ],
    },
    {
      height: 8,
      panels: [
        chart(
          'Time by phase',
          'seconds',
          [
            plain('tlscheck_dns_lookup_duration_seconds', '{{check}} name'),
            plain('tlscheck_client_connection_duration_seconds', '{{check}} connection'),
            plain('tlscheck_starttls_duration_seconds', '{{check}} STARTTLS'),
            plain('tlscheck_tls_handshake_duration_seconds', '{{check}} TLS'),
          ],
          { min: 0 },
        ),
        chart('Version', '', [plain('tlscheck_protocol', '{{check}} {{protocol}}')], { min: 0, max: 1 }),
        chart('Cipher', '', [plain('tlscheck_cipher', '{{check}} {{cipher}}')], { min: 0, max: 1 }),
      ],
    },
  ]),
});
