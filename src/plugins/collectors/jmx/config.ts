import { z } from 'zod';
import { JMX_OPTIONS } from '#core/jmx/jmx-options.ts';
import { addressOption, parseAddress, SecretReference } from '#core/plugin/target-options.ts';
import type { HostPort } from '#core/units/listen-address.ts';

const DEFAULT_PORT = 1_099;

/** Options of a target: a virtual machine that lets its MBeans be read over RMI. */
export const JmxConfig = z.strictObject({
  address: addressOption(DEFAULT_PORT),
  username: z.string().min(1).optional().describe('User name of the login.'),
  password: SecretReference.optional().describe('Its password.'),
  ...JMX_OPTIONS,
});
export type JmxConfig = z.infer<typeof JmxConfig>;

/** Where it listens. */
export const addressOf = ({ address }: JmxConfig): HostPort =>
  parseAddress(address, DEFAULT_PORT) ?? { host: address, port: DEFAULT_PORT };
