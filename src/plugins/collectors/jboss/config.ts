import { z } from 'zod';
import { HTTP_OPTIONS, RARE, urlOption } from '#core/plugin/target-options.ts';

/** Options of a target: the management interface of a JBoss or WildFly. */
export const JBossConfig = z.strictObject({
  url: urlOption('URL of the management interface, like http://app-1:9990/management.'),
  ...HTTP_OPTIONS,
  auth: z.enum(['digest', 'basic']).default('digest').meta(RARE).describe('How user name and password are sent.'),
});
export type JBossConfig = z.infer<typeof JBossConfig>;
