import { z } from 'zod';
import { type HostPort, parseHostPort } from '../units/listen-address.ts';

/** Marks an option in the JSON schema as a secret: forms never show it, and the API never gives it back. */
export const SECRET_FORMAT = 'secret';
/** Marks an option in the JSON schema as text of several lines. */
export const LINES_FORMAT = 'lines';

/** Marks an option that few need: forms keep it folded. */
export const RARE = { rare: true } as const;

const REFERENCE = /^(env|file|stored):\S/;

/** An option that is a secret: not the secret itself, but where it is. */
export const SecretReference = z
  .string()
  .regex(REFERENCE, 'write env:NAME, file:PATH or stored:NAME: a secret does not stand in the configuration itself')
  .meta({ format: SECRET_FORMAT });

/** The option `address`: `host`, `host:port` or `[ip6]:port`. */
export function addressOption(port: number) {
  return z
    .string()
    .trim()
    .refine((text) => parseAddress(text, port) !== undefined, `write host or host:port, like db-1:${port}`)
    .describe(`Host, or host:port; the port is ${port} unless it is written.`);
}

/** Host and port of an address text; undefined when it is none. */
export function parseAddress(text: string, defaultPort: number): HostPort | undefined {
  if (/[/@]/.test(text)) return undefined;
  return parseHostPort(text) ?? parseHostPort(`${text}:${defaultPort}`);
}

/** `host:port` with brackets around an IPv6 address. */
export function addressText({ host, port }: HostPort): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Host and port of a URL. Throws for what is none. */
export function addressOfUrl(text: string): HostPort {
  const { hostname, port, protocol } = new URL(text);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
  };
}

/** Options of whoever speaks TLS, to be spread into a schema. */
export const TLS_OPTIONS = {
  tlsVerify: z
    .boolean()
    .default(true)
    .meta(RARE)
    .describe('Check the certificate; give a CA rather than switching this off.'),
  tlsCa: z
    .string()
    .optional()
    .meta({ ...RARE, format: LINES_FORMAT })
    .describe('PEM of the authority that signed the certificate, or of a self-signed certificate itself.'),
  tlsServerName: z
    .string()
    .min(1)
    .optional()
    .meta(RARE)
    .describe('The name in the certificate, where it is not the address.'),
} as const;

/** Options of whoever speaks HTTP, to be spread into a schema beside `url`. */
export const HTTP_OPTIONS = {
  username: z.string().min(1).optional().describe('User name of the login.'),
  password: SecretReference.optional().describe('Its password.'),
  auth: z.enum(['basic', 'digest']).default('basic').meta(RARE).describe('How user name and password are sent.'),
  token: SecretReference.optional().describe('Bearer token, in place of user name and password.'),
  ...TLS_OPTIONS,
} as const;

/** The option `url`: HTTP or HTTPS, without a login in it. */
export function urlOption(description: string) {
  return z
    .url({ protocol: /^https?$/, message: 'write a whole URL, like http://host/path' })
    .refine((text) => !/\/\/[^/]*@/.test(text), 'a login does not stand in the URL: write username and password')
    .describe(description);
}
