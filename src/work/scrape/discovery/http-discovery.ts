import { messageOf } from '#core/errors.ts';
import type { Labels } from '#core/model/labels.ts';
import type { HttpDiscovery } from '../config.ts';
import { createHttpClient, type HttpClient } from '../http-client.ts';
import { type Discovery, type DiscoveryTools, parseTargetGroups, targetsOf } from './discovery.ts';

const LARGEST_BODY_BYTES = 16 * 2 ** 20;
const TIMEOUT_MS = 10_000;

/**
 * Targets from an HTTP service (`http_sd_configs`), asked every `refresh_interval`. While it does not answer, the targets
 * stay.
 */
export function httpDiscovery(config: HttpDiscovery, { clock, logger }: DiscoveryTools): Discovery {
  return async (publish, signal) => {
    const client = createHttpClient(config, clock.now);
    while (!signal.aborted) {
      try {
        publish(await ask(client, config, signal));
      } catch (error) {
        if (!signal.aborted)
          logger.warn({ url: shown(config.url), problem: messageOf(error) }, 'a list of targets cannot be fetched');
      }
      await clock.sleep(config.refresh_interval, signal);
    }
    client.close();
  };
}

async function ask(
  client: HttpClient,
  { url, refresh_interval }: HttpDiscovery,
  signal: AbortSignal,
): Promise<Labels[]> {
  const { status, statusText, body } = await client.get(url, {
    headers: {
      Accept: 'application/json',
      'User-Agent': 'NOCMATE-Rx',
      'X-Prometheus-Refresh-Interval-Seconds': String(refresh_interval / 1_000),
    },
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    maxBytes: LARGEST_BODY_BYTES,
  });
  if (status !== 200) throw new Error(`server returned HTTP status ${status} ${statusText}`);
  return targetsOf(parseTargetGroups(JSON.parse(body.toString('utf8'))), { __meta_url: url });
}

/** A URL without credentials and parameters. */
function shown(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
