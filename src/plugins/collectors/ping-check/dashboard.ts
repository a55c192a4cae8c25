import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows } from '#core/plugin/dashboard-rows.ts';

const { plain } = INSTANCE_QUERIES;

/** Pings of one host. */
export const pingCheckDashboard: Dashboard = Dashboard.parse({
  title: 'Pings',
  description: 'Pings of one host: round trip and loss.',
  tags: ['ping', 'icmp', 'check'],
  variables: [instanceVariable('pingcheck_ok')],
  panels: placeRows([
    {
      height: 8,
      panels: [
        chart('Round trip', 'seconds', [plain('pingcheck_rtt_seconds', '{{check}} {{stat}}')], { min: 0 }),
        chart('Loss', 'ratio', [plain('pingcheck_loss_ratio', '{{check}}')], { min: 0, max: 1 }),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Success', '', [plain('pingcheck_ok', '{{check}}')], { min: 0, max: 1 }),
        chart('Result', '', [
          { text: 'sum by (check, result) (pingcheck_result{instance="$instance"})', legend: '{{check}} {{result}}' },
        ]),
        chart(
          'Requests and answers',
          '',
          [plain('pingcheck_sent', '{{check}} sent'), plain('pingcheck_received', '{{check}} received')],
          { min: 0 },
        ),
      ],
    },
  ]),
});
