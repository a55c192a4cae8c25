import { z } from 'zod';
import { CHECK_TLS_OPTIONS, checkOption } from '#core/plugin/check-options.ts';
import { addressOption, addressText, parseAddress, RARE, SecretReference } from '#core/plugin/target-options.ts';
import type { HostPort } from '#core/units/listen-address.ts';

const PORT = 50_051;

/** Options of a target: which server, and which of its services. */
export const GrpcCheckConfig = z
  .strictObject({
    address: addressOption(PORT),
    check: checkOption,
    service: z.string().default('').describe('The service that is asked for; empty: the server as a whole.'),
    tls: z.boolean().default(false).describe('TLS; without it HTTP/2 begins at once (h2c).'),
    token: SecretReference.optional().describe('Bearer token; it goes over TLS only.'),
    authority: z
      .string()
      .min(1)
      .optional()
      .meta(RARE)
      .describe('The name that is asked for (:authority), where it is not the address.'),
    ...CHECK_TLS_OPTIONS,
  })
  .refine(({ token, tls }) => token === undefined || tls, { path: ['tls'], message: 'a token goes over TLS only' });
export type GrpcCheckConfig = z.infer<typeof GrpcCheckConfig>;

/** Host and port of a target. */
export function addressOf({ address }: GrpcCheckConfig): HostPort {
  const parsed = parseAddress(address, PORT);
  if (parsed === undefined) throw new Error(`${address} has passed the schema and is no address`);
  return parsed;
}

/** The name in the label `check`. */
export function checkName(config: GrpcCheckConfig): string {
  const address = addressText(addressOf(config));
  return config.check ?? (config.service === '' ? address : `${config.service} at ${address}`);
}
