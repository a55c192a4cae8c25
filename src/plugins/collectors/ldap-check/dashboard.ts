import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows } from '#core/plugin/dashboard-rows.ts';

const { plain } = INSTANCE_QUERIES;

/** The checks of one directory. */
export const ldapCheckDashboard: Dashboard = Dashboard.parse({
  title: 'LDAP checks',
  description: 'Checks of one directory: results, times by phase, entries, certificates.',
  tags: ['ldap', 'check'],
  variables: [instanceVariable('ldapcheck_ok')],
  panels: placeRows([
    {
      height: 8,
      panels: [
        chart('Success', '', [plain('ldapcheck_ok', '{{check}}')], { min: 0, max: 1 }),
        chart('Result', '', [
          { text: 'sum by (check, result) (ldapcheck_result{instance="$instance"})', legend: '{{check}} {{result}}' },
        ]),
        chart('Entries', '', [plain('ldapcheck_entries', '{{check}}')], { min: 0 }),
      ],
    },
    {
      height: 8,
      panels: [
        chart(
          'Time by phase',
          'seconds',
          [
            plain('ldapcheck_dns_lookup_duration_seconds', '{{check}} name'),
            plain('ldapcheck_client_connection_duration_seconds', '{{check}} connection'),
            plain('ldapcheck_tls_handshake_duration_seconds', '{{check}} TLS'),
            plain('ldapcheck_bind_duration_seconds', '{{check}} bind'),
            plain('ldapcheck_search_duration_seconds', '{{check}} search'),
          ],
          { min: 0 },
        ),
        chart('Code of the last result', '', [plain('ldapcheck_result_code', '{{check}}')], { min: 0 }),
        chart('Certificates end in', 'seconds', [plain('ldapcheck_tls_cert_remaining_seconds', '{{check}} {{depth}}')]),
      ],
    },
  ]),
});
