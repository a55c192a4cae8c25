import { z } from 'zod';
import { HTTP_OPTIONS, urlOption } from '#core/plugin/target-options.ts';

/** Options of a target: a Squid. */
export const SquidConfig = z.strictObject({
  url: urlOption('URL of the proxy itself, like http://proxy-1:3128.'),
  ...HTTP_OPTIONS,
});
export type SquidConfig = z.infer<typeof SquidConfig>;

/** A report of its cache manager. */
export const reportUrl = ({ url }: SquidConfig, report: 'counters' | 'info'): string =>
  new URL(`/squid-internal-mgr/${report}`, url).href;
