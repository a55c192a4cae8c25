import { Dashboard } from '#core/api/dashboard.ts';
import { chart, placeRows } from '#core/plugin/dashboard-rows.ts';

/** All queries. */
export const sqlDashboard: Dashboard = Dashboard.parse({
  title: 'SQL queries',
  description: 'Queries of databases: how long they take, how many rows they find, whether their data are fresh.',
  tags: ['sql', 'database'],
  panels: placeRows([
    {
      height: 9,
      panels: [
        chart(
          'How long queries take',
          'seconds',
          [{ text: 'sql_query_duration_seconds{}', legend: '{{query}} {{instance}}' }],
          {
            min: 0,
          },
        ),
        chart('Rows', '', [{ text: 'sql_rows{}', legend: '{{query}} {{instance}}' }], { min: 0 }),
      ],
    },
    {
      height: 7,
      panels: [chart('Fresh', '', [{ text: 'sql_fresh{}', legend: '{{query}} {{instance}}' }], { min: 0 })],
    },
  ]),
});
