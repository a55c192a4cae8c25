import { gauge, type MetricTable } from '#core/plugin/metric.ts';

const LABELS = ['report_suite', 'window'];
const figure = (what: string) => gauge('', `${what} by window: 10m, today, yesterday.`, LABELS);

/** Every series of the Adobe Analytics collector. */
export const ADOBE_METRICS = {
  web_analytics_page_views: figure('Pages seen'),
  web_analytics_visits: figure('Visits'),
  web_analytics_visitors: figure('Visitors, each once'),
  web_analytics_orders: figure('Orders'),
  web_analytics_revenue: figure('Revenue, in the currency of the report suite,'),
  web_analytics_cart_additions: figure('Additions to a cart'),
  web_analytics_hits: figure('Hits of any kind (occurrences)'),
  web_analytics_other: gauge('', 'Any other metric, by its id at Adobe and by window.', [...LABELS, 'id']),
  web_analytics_conversion_ratio: gauge('ratio', 'Orders by visits.', LABELS),
  web_analytics_data_age_seconds: gauge('seconds', 'Time since the figures of days were read.', ['report_suite']),
} satisfies MetricTable;

/** Ids of Adobe that have a series of their own. */
export const KNOWN: Readonly<Record<string, keyof typeof ADOBE_METRICS>> = {
  'metrics/pageviews': 'web_analytics_page_views',
  'metrics/visits': 'web_analytics_visits',
  'metrics/visitors': 'web_analytics_visitors',
  'metrics/orders': 'web_analytics_orders',
  'metrics/revenue': 'web_analytics_revenue',
  'metrics/cartadditions': 'web_analytics_cart_additions',
  'metrics/occurrences': 'web_analytics_hits',
};
