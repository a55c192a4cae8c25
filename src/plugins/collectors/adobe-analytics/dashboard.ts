import { Dashboard } from '#core/api/dashboard.ts';
import { chart, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

/** The series of a metric in a window of the report suite that was chosen. */
const of = (metric: string, window: string, legend = '') => ({
  text: `${metric}{report_suite="$suite",window="${window}"}`,
  legend,
});
const days = (metric: string) => [of(metric, 'today', 'today so far'), of(metric, 'yesterday', 'yesterday')];
const FROM_ZERO = { min: 0 };

/** One report suite. */
export const adobeDashboard: Dashboard = Dashboard.parse({
  title: 'Adobe Analytics',
  description: 'One report suite: visits, orders, revenue and conversion. Figures of days are corrected for hours.',
  tags: ['adobe', 'web analytics', 'business'],
  variables: [
    {
      ...{ name: 'suite', title: 'Report suite', kind: 'label', label: 'report_suite' },
      match: 'web_analytics_data_age_seconds{}',
    },
  ],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Visits today', '', of('web_analytics_visits', 'today')),
        stat('Orders today', '', of('web_analytics_orders', 'today')),
        stat('Revenue today', '', of('web_analytics_revenue', 'today')),
        stat('Conversion today', 'ratio', of('web_analytics_conversion_ratio', 'today')),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Hits in ten minutes', '', [of('web_analytics_hits', '10m', 'hits')], FROM_ZERO),
        chart('Conversion', 'ratio', days('web_analytics_conversion_ratio'), FROM_ZERO),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Visits', '', days('web_analytics_visits'), FROM_ZERO),
        chart('Orders', '', days('web_analytics_orders'), FROM_ZERO),
        chart('Revenue', '', days('web_analytics_revenue'), FROM_ZERO),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Pages seen', '', days('web_analytics_page_views'), FROM_ZERO),
        chart('Other metrics today', '', [of('web_analytics_other', 'today', '{{id}}')]),
        chart('Age of the figures of days', 'seconds', [
          { text: 'web_analytics_data_age_seconds{report_suite="$suite"}', legend: 'age' },
        ]),
      ],
    },
  ]),
});
