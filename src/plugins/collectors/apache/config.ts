import { z } from 'zod';
import { HTTP_OPTIONS, urlOption } from '#core/plugin/target-options.ts';

/** Options of a target: the page of mod_status. */
export const ApacheConfig = z.strictObject({
  url: urlOption('URL of the page of mod_status, like http://web-1/server-status.'),
  ...HTTP_OPTIONS,
});
export type ApacheConfig = z.infer<typeof ApacheConfig>;

/** The page for machines. */
export function autoUrl({ url }: ApacheConfig): string {
  const page = new URL(url);
  page.search = '?auto';
  return page.href;
}
