import { Dashboard } from '#core/api/dashboard.ts';
import { chart, type PanelInput, placeRows } from '#core/plugin/dashboard-rows.ts';
import { metricOf } from './metrics.ts';

const plain = (metric: string, legend: string) => ({ text: `${metric}{check="$check"}`, legend });

/** What is measured in one unit, with its thresholds. */
function figures(title: string, unit: string): PanelInput {
  return chart(title, unit, [
    plain(metricOf('perfdata', unit), '{{host}} {{label}}'),
    plain(metricOf('threshold', unit), '{{host}} {{label}} {{level}} {{bound}}'),
  ]);
}

/** One check, on all hosts. */
export const nagiosPluginDashboard: Dashboard = Dashboard.parse({
  title: 'Nagios plugins',
  description: 'A check by a Nagios plugin: its state, and what it measures with its thresholds.',
  tags: ['nagios', 'check'],
  variables: [{ name: 'check', title: 'Check', kind: 'label', label: 'check', match: 'nagioscheck_ok{}' }],
  panels: placeRows([
    {
      height: 8,
      panels: [
        chart('State', '', [plain('nagioscheck_result', '{{host}} {{result}}')], { min: 0, max: 1 }),
        chart('Exit code', '', [plain('nagioscheck_exit_code', '{{host}}')], { min: 0, max: 3 }),
        chart('Time of a run', 'seconds', [plain('nagioscheck_duration_seconds', '{{host}}')], { min: 0 }),
      ],
    },
    { height: 7, panels: [figures('Times', 'seconds'), figures('Shares', 'ratio')] },
    {
      height: 7,
      panels: [
        figures('Sizes', 'bytes'),
        figures('Other figures', ''),
        chart('Counters', '', [
          { text: 'sum by (host, label) (rate(nagios_perfdata_total{check="$check"}))', legend: '{{host}} {{label}}' },
        ]),
      ],
    },
  ]),
});
