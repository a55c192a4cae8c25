import { defineCollector } from '#core/plugin/collector.ts';
import { addressOfUrl } from '#core/plugin/target-options.ts';
import { adobeAlerts } from './alerts.ts';
import { AdobeReader } from './collect.ts';
import { AdobeConfig } from './config.ts';
import { adobeDashboard } from './dashboard.ts';
import { ADOBE_METRICS } from './metrics.ts';
import { AdobeSession } from './session.ts';

export default defineCollector<AdobeConfig>({
  title: 'Adobe Analytics',
  summary: 'Reads visits, orders, revenue and other figures of a report suite from the API 2.0 of Adobe Analytics.',
  group: 'Web analytics',
  config: AdobeConfig,
  metrics: ADOBE_METRICS,
  defaultIntervalMs: 60_000,
  automatic: [],
  target: ({ reportSuite }) => reportSuite,
  address: ({ url }) => addressOfUrl(url),
  limits: { perHost: 1, perCredential: 1 },
  dashboard: adobeDashboard,
  alerts: adobeAlerts,
  start: (config, context) => {
    const reader = new AdobeReader(config, new AdobeSession(config, context));
    return { collect: ({ signal, scheduledAt }) => reader.collect(scheduledAt, signal) };
  },
});
