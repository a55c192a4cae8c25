import { z } from 'zod';
import { HTTP_OPTIONS, urlOption } from '#core/plugin/target-options.ts';

/** Options of a target: its page of statistics. */
export const HaproxyConfig = z.strictObject({
  url: urlOption('URL of the page of statistics (stats uri), like http://lb-1:8404/stats.'),
  ...HTTP_OPTIONS,
});
export type HaproxyConfig = z.infer<typeof HaproxyConfig>;

/** The page as a table. */
export const csvUrl = ({ url }: HaproxyConfig): string => `${url.replace(/[;?#].*$/, '')};csv`;
