import { CollectError } from '#core/plugin/collect-error.ts';
import { defineCollector } from '#core/plugin/collector.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import { phpFpmAlerts } from './alerts.ts';
import { addressOf, isFastCgi, PhpFpmConfig } from './config.ts';
import { phpFpmDashboard } from './dashboard.ts';
import { phpFpmDiscovery } from './discovery.ts';
import { fastCgiGet } from './fastcgi.ts';
import { PHP_FPM_METRICS } from './metrics.ts';
import { parseStatus } from './parse.ts';

const QUERY = 'json&full';

export default defineCollector<PhpFpmConfig>({
  title: 'PHP-FPM',
  summary: 'Reads requests, the queue and processes of a pool of PHP-FPM from its status page.',
  group: 'Application servers',
  config: PhpFpmConfig,
  metrics: PHP_FPM_METRICS,
  defaultIntervalMs: 10_000,
  automatic: [],
  target: ({ url, socket }) => (socket === undefined ? url : `${socket} ${url}`),
  address: addressOf,
  discovery: phpFpmDiscovery,
  dashboard: phpFpmDashboard,
  alerts: phpFpmAlerts,
  start: (config, context) => ({
    collect: async ({ signal }) => {
      if (isFastCgi(config)) return parseStatus(await overFastCgi(config, context, signal));
      const page = new URL(config.url);
      page.search = `?${QUERY}`;
      return parseStatus(await context.http.text(page.href, { ...config, signal }));
    },
  }),
});

async function overFastCgi(config: PhpFpmConfig, { tcp }: TargetContext, signal: AbortSignal): Promise<string> {
  const { host, port } = addressOf(config);
  const path = new URL(config.url).pathname;
  const connection = await tcp.connect(config.socket === undefined ? { host, port } : { path: config.socket }, {
    signal,
  });
  try {
    const { status, body } = await fastCgiGet(connection, { path, query: QUERY, host }, signal);
    if (status === 200) return body;
    const hint = status === 404 ? `: is pm.status_path of the pool ${path}?` : '';
    throw new CollectError(status === 403 ? 'auth' : 'answer', `the pool answers ${path} with status ${status}${hint}`);
  } finally {
    connection.close();
  }
}
