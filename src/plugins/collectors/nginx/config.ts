import { z } from 'zod';
import { HTTP_OPTIONS, urlOption } from '#core/plugin/target-options.ts';

/** Options of a target: the page of `stub_status`. */
export const NginxConfig = z.strictObject({
  url: urlOption('URL of a location with stub_status, like http://web-1/nginx_status.'),
  ...HTTP_OPTIONS,
});
export type NginxConfig = z.infer<typeof NginxConfig>;
