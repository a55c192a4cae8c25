import { z } from 'zod';
import { HTTP_OPTIONS, urlOption } from '#core/plugin/target-options.ts';

/** Options of a target: the Jolokia agent in an application that has caches. */
export const EhcacheConfig = z.strictObject({
  url: urlOption('URL of the Jolokia agent of the application, like http://app-1:8778/jolokia.'),
  ...HTTP_OPTIONS,
});
export type EhcacheConfig = z.infer<typeof EhcacheConfig>;
