import { z } from 'zod';
import { HTTP_OPTIONS, urlOption } from '#core/plugin/target-options.ts';

/** Options of a target: the Jolokia agent in a Jetty. */
export const JettyConfig = z.strictObject({
  url: urlOption('URL of the Jolokia agent in it, like http://app-1:8080/jolokia.'),
  ...HTTP_OPTIONS,
});
export type JettyConfig = z.infer<typeof JettyConfig>;
