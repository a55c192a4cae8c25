import { z } from 'zod';
import { JMX_OPTIONS } from '#core/jmx/jmx-options.ts';
import { HTTP_OPTIONS, urlOption } from '#core/plugin/target-options.ts';

/** Options of a target: a Jolokia agent, and what it is asked for. */
export const JolokiaConfig = z.strictObject({
  url: urlOption('URL of the agent, like http://app-1:8778/jolokia.'),
  ...HTTP_OPTIONS,
  ...JMX_OPTIONS,
});
export type JolokiaConfig = z.infer<typeof JolokiaConfig>;
