import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows } from '#core/plugin/dashboard-rows.ts';

const { plain } = INSTANCE_QUERIES;

/** The checks of one server of mailboxes. */
export const imapCheckDashboard: Dashboard = Dashboard.parse({
  title: 'IMAP and POP3 checks',
  description: 'Checks of one server of mailboxes: results, times by phase, certificates, mails.',
  tags: ['imap', 'pop3', 'mail', 'check'],
  variables: [instanceVariable('imapcheck_ok')],
  panels: placeRows([
    {
      height: 8,
      panels: [
        chart('Success', '', [plain('imapcheck_ok', '{{check}}')], { min: 0, max: 1 }),
        chart('Result', '', [
          { text: 'sum by (check, result) (imapcheck_result{instance="$instance"})', legend: '{{check}} {{result}}' },
        ]),
        chart('Mails', '', [
          plain('imapcheck_messages', '{{check}}'),
          plain('imapcheck_unseen_messages', '{{check}} unseen'),
        ]),
      ],
    },
    {
      height: 8,
      panels: [
        chart(
          'Time by phase',
          'seconds',
          [
            plain('imapcheck_dns_lookup_duration_seconds', '{{check}} name'),
            plain('imapcheck_client_connection_duration_seconds', '{{check}} connection'),
            plain('imapcheck_greeting_duration_seconds', '{{check}} greeting'),
            plain('imapcheck_tls_handshake_duration_seconds', '{{check}} TLS'),
            plain('imapcheck_dialogue_duration_seconds', '{{check}} dialogue'),
          ],
          { min: 0 },
        ),
        chart('Certificates end in', 'seconds', [plain('imapcheck_tls_cert_remaining_seconds', '{{check}} {{depth}}')]),
        chart('Size of the mailbox', 'bytes', [plain('imapcheck_mailbox_size_bytes', '{{check}}')], { min: 0 }),
      ],
    },
  ]),
});
