import { z } from 'zod';
import { SecretReference, TLS_OPTIONS, urlOption } from '#core/plugin/target-options.ts';

/** Options of a target: the master of a pool, or a host that stands alone. */
export const XenConfig = z.strictObject({
  url: urlOption('URL of the master of the pool, like https://xen-1.'),
  username: z.string().min(1).describe('User of the pool; the role read-only is enough.'),
  password: SecretReference.describe('Its password.'),
  ...TLS_OPTIONS,
});
export type XenConfig = z.infer<typeof XenConfig>;
