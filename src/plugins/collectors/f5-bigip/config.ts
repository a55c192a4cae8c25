import { z } from 'zod';
import { SecretReference, TLS_OPTIONS, urlOption } from '#core/plugin/target-options.ts';

/** Options of a target: the management address of a BIG-IP. */
export const BigIpConfig = z.strictObject({
  url: urlOption('URL of the management address, like https://bigip-1.'),
  username: z.string().min(1).describe('User of the device; the role guest or auditor is enough.'),
  password: SecretReference.describe('Its password.'),
  loginProvider: z.string().min(1).default('tmos').describe('Where the user is known: tmos is the device itself.'),
  ...TLS_OPTIONS,
});
export type BigIpConfig = z.infer<typeof BigIpConfig>;
