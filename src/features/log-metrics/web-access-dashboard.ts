import { Dashboard } from '#core/api/dashboard.ts';
import { ACCESS_LINES } from '#core/log-metrics/built-in.ts';
import { chart, type DashboardRow, type PanelInput, placeRows } from '#core/plugin/dashboard-rows.ts';

const SERVICES = 'service=~"$service"';
const STACKED = { stack: true, fill: true };
const LINES = `${ACCESS_LINES} service:$service`;

const promql = (text: string, legend = '') => ({ language: 'promql', text, legend }) as const;
const sumOf = (metric: string, match = ''): string => `sum(${metric}{${SERVICES}${match}})`;
const sumBy = (label: string, metric: string): string => `sum by (${label}) (${metric}{${SERVICES}})`;

function figure(title: string, unit: string, text: string, more: Partial<PanelInput> = {}): PanelInput {
  return { type: 'stat', title, unit, queries: [promql(text)], ...more };
}

/** Paths are no labels: they are asked of the lines themselves. */
function ranking(title: string, field: string, more = ''): PanelInput {
  return { type: 'table', title, queries: [{ language: 'logs', text: `${LINES}${more} | top 20 ${field}` }] };
}

const ROWS: readonly DashboardRow[] = [
  {
    height: 4,
    panels: [
      figure('Requests a minute', '', sumOf('web_access_requests')),
      figure(
        'Server errors',
        'ratio',
        `${sumOf('web_access_requests', ',status="5xx"')} / ${sumOf('web_access_requests')}`,
        {
          thresholds: [
            { value: 0.01, status: 'warning' },
            { value: 0.05, status: 'critical' },
          ],
        },
      ),
      figure('Sent a minute', 'bytes', sumOf('web_access_response_bytes')),
      figure('Slowest service, p99', 'seconds', `max(web_access_duration_seconds{${SERVICES},quantile="0.99"})`),
    ],
  },
  {
    height: 8,
    panels: [
      chart('Requests a minute by status', '', [promql(sumBy('status', 'web_access_requests'), '{{status}}')], {
        ...{ min: 0, options: STACKED },
      }),
      chart('Requests a minute by service', '', [promql(sumBy('service', 'web_access_requests'), '{{service}}')], {
        min: 0,
      }),
    ],
  },
  {
    height: 8,
    panels: [
      chart(
        'Time of requests',
        'seconds',
        [promql(`max by (quantile) (web_access_duration_seconds{${SERVICES}})`, 'p{{quantile}}')],
        { min: 0, description: 'Of servers that log it; the highest of all services, hosts and statuses.' },
      ),
      chart('Sent a minute by host', 'bytes', [promql(sumBy('host', 'web_access_response_bytes'), '{{host}}')], {
        min: 0,
      }),
    ],
  },
  {
    height: 9,
    panels: [
      ranking('Paths asked for most', 'url.path'),
      ranking('Paths with server errors', 'url.path', ' http.response.status_code:>=500'),
      ranking('Clients', 'source.ip'),
    ],
  },
];

/** The built-in dashboard of web access logs, over the series of the built-in rules. */
export const webAccessDashboard: Dashboard = Dashboard.parse({
  title: 'Web access',
  description: 'Requests of web servers, proxies and balancers, from their access logs.',
  tags: ['web', 'logs'],
  from: 'now-1h',
  variables: [
    {
      ...{ name: 'service', title: 'Service', kind: 'label', label: 'service', match: 'web_access_requests{}' },
      ...{ multi: true, includeAll: true, value: '$__all' },
    },
  ],
  panels: placeRows(ROWS),
});
