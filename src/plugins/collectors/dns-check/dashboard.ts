import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows } from '#core/plugin/dashboard-rows.ts';

const { plain } = INSTANCE_QUERIES;

/** The checks of one DNS server. */
export const dnsCheckDashboard: Dashboard = Dashboard.parse({
  title: 'DNS checks',
  description: 'Questions to one DNS server: results, times, answers.',
  tags: ['dns', 'check'],
  variables: [instanceVariable('dnscheck_ok')],
  panels: placeRows([
    {
      height: 8,
      panels: [
        chart('Success', '', [plain('dnscheck_ok', '{{check}}')], { min: 0, max: 1 }),
        chart('Result', '', [
          { text: 'sum by (check, result) (dnscheck_result{instance="$instance"})', legend: '{{check}} {{result}}' },
        ]),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Time to answer', 'seconds', [plain('dnscheck_query_duration_seconds', '{{check}}')], { min: 0 }),
        chart('Time of the whole check', 'seconds', [plain('dnscheck_duration_seconds', '{{check}}')], { min: 0 }),
        chart('Size of the answer', 'bytes', [plain('dnscheck_response_size_bytes', '{{check}}')], { min: 0 }),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Answers', '', [plain('dnscheck_answers', '{{check}}')], { min: 0 }),
        chart('Shortest time to live', 'seconds', [plain('dnscheck_ttl_seconds', '{{check}}')], { min: 0 }),
        chart(
          'Flags',
          '',
          [
            plain('dnscheck_authoritative', '{{check}} authoritative'),
            plain('dnscheck_authenticated', '{{check}} DNSSEC'),
            plain('dnscheck_truncated', '{{check}} too long for UDP'),
          ],
          { min: 0, max: 1 },
        ),
        chart('Serial of the zone', '', [plain('dnscheck_soa_serial', '{{check}}')]),
      ],
    },
  ]),
});
