import { z } from 'zod';
import { CHECK_TLS_OPTIONS, checkOption } from '#core/plugin/check-options.ts';
import { START_TLS, START_TLS_PORTS } from '#core/plugin/start-tls.ts';
import { addressOption, addressText, parseAddress, RARE } from '#core/plugin/target-options.ts';
import type { HostPort } from '#core/units/listen-address.ts';

const HTTPS = 443;

/** Options of a target: where TLS is spoken, and what it must be like. */
export const TlsCheckConfig = z.strictObject({
  address: addressOption(HTTPS).describe(
    'Host, or host:port; the port is 443, or that of the protocol of STARTTLS, unless it is written.',
  ),
  check: checkOption,
  startTls: z
    .enum(['none', ...START_TLS])
    .default('none')
    .describe('The protocol that goes over to TLS; none: TLS from the first byte on.'),
  names: z
    .array(z.string().trim().min(1))
    .default([])
    .describe('Names for which the certificate must be valid, besides that of the address.'),
  alpn: z
    .array(z.string().min(1))
    .default([])
    .meta(RARE)
    .describe('Protocols that are offered (ALPN), like h2; the server must choose one.'),
  ...CHECK_TLS_OPTIONS,
});
export type TlsCheckConfig = z.infer<typeof TlsCheckConfig>;

/** Host and port of a target. */
export function addressOf({ address, startTls }: TlsCheckConfig): HostPort {
  const parsed = parseAddress(address, startTls === 'none' ? HTTPS : START_TLS_PORTS[startTls]);
  if (parsed === undefined) throw new Error(`${address} has passed the schema and is no address`);
  return parsed;
}

/** The name in the label `check`. */
export function checkName(config: TlsCheckConfig): string {
  const { check, startTls, tlsServerName } = config;
  const address = addressText(addressOf(config));
  const name = tlsServerName === undefined ? address : `${tlsServerName} at ${address}`;
  return check ?? (startTls === 'none' ? name : `${startTls} ${name}`);
}
