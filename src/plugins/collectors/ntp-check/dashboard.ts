import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows } from '#core/plugin/dashboard-rows.ts';

const { plain } = INSTANCE_QUERIES;

/** One time server. */
export const ntpCheckDashboard: Dashboard = Dashboard.parse({
  title: 'NTP checks',
  description: 'One time server: offset, round trip, stratum, how good its time is.',
  tags: ['ntp', 'time', 'check'],
  variables: [instanceVariable('ntpcheck_ok')],
  panels: placeRows([
    {
      height: 8,
      panels: [
        chart('Offset', 'seconds', [plain('ntpcheck_offset_seconds', '{{check}}')]),
        chart('Success', '', [plain('ntpcheck_ok', '{{check}}')], { min: 0, max: 1 }),
        chart('Result', '', [
          { text: 'sum by (check, result) (ntpcheck_result{instance="$instance"})', legend: '{{check}} {{result}}' },
        ]),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Round trip', 'seconds', [plain('ntpcheck_round_trip_duration_seconds', '{{check}}')], { min: 0 }),
        chart('Stratum', '', [plain('ntpcheck_stratum', '{{check}}')], { min: 0 }),
        chart(
          'Root',
          'seconds',
          [
            plain('ntpcheck_root_delay_seconds', '{{check}} delay'),
            plain('ntpcheck_root_dispersion_seconds', '{{check}} dispersion'),
          ],
          { min: 0 },
        ),
        chart('Since the clock was set', 'seconds', [plain('ntpcheck_reference_age_seconds', '{{check}}')], { min: 0 }),
      ],
    },
  ]),
});
