import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows } from '#core/plugin/dashboard-rows.ts';

const { plain } = INSTANCE_QUERIES;

/** The checks of one mail server. */
export const smtpCheckDashboard: Dashboard = Dashboard.parse({
  title: 'SMTP checks',
  description: 'Checks of one mail server: results, times by phase, certificates.',
  tags: ['smtp', 'mail', 'check'],
  variables: [instanceVariable('smtpcheck_ok')],
  panels: placeRows([
    {
      height: 8,
      panels: [
        chart('Success', '', [plain('smtpcheck_ok', '{{check}}')], { min: 0, max: 1 }),
        chart('Result', '', [
          { text: 'sum by (check, result) (smtpcheck_result{instance="$instance"})', legend: '{{check}} {{result}}' },
        ]),
        chart('Code of the last reply', '', [plain('smtpcheck_reply_code', '{{check}}')], { min: 0 }),
      ],
    },
    {
      height: 8,
      panels: [
        chart(
          'Time by phase',
          'seconds',
          [
            plain('smtpcheck_dns_lookup_duration_seconds', '{{check}} name'),
            plain('smtpcheck_client_connection_duration_seconds', '{{check}} connection'),
            plain('smtpcheck_greeting_duration_seconds', '{{check}} greeting'),
            plain('smtpcheck_tls_handshake_duration_seconds', '{{check}} TLS'),
            plain('smtpcheck_dialogue_duration_seconds', '{{check}} dialogue'),
          ],
          { min: 0 },
        ),
        chart('Certificates end in', 'seconds', [plain('smtpcheck_tls_cert_remaining_seconds', '{{check}} {{depth}}')]),
        chart('Largest mail', 'bytes', [plain('smtpcheck_size_limit_bytes', '{{check}}')], { min: 0 }),
      ],
    },
  ]),
});
