import { z } from 'zod';
import { HTTP_OPTIONS } from '#core/plugin/target-options.ts';
import type { HostPort } from '#core/units/listen-address.ts';

const FASTCGI_PORT = 9_000;
const EXAMPLES = 'write a whole URL, like http://host/status or fcgi://host:9000/status';

/** Options of a target: the status page of a pool. */
export const PhpFpmConfig = z.strictObject({
  url: z
    .string()
    .trim()
    .refine((text) => /^(?:https?|fcgi):\/\/[^/@\s]+(?:\/\S*)?$/.test(text) && URL.canParse(text), EXAMPLES)
    .describe(
      'URL of the status page (pm.status_path): http://host/status by its web server, or fcgi://host:9000/status of the pool itself.',
    ),
  socket: z
    .string()
    .regex(/^\/\S+$/, 'write the whole path of the socket')
    .optional()
    .describe('Unix socket of the pool, where it has no port; the URL is then fcgi://localhost/status.'),
  ...HTTP_OPTIONS,
});
export type PhpFpmConfig = z.infer<typeof PhpFpmConfig>;

/** True when the pool itself is asked, not its web server. */
export const isFastCgi = ({ url }: PhpFpmConfig): boolean => url.startsWith('fcgi:');

/** Host and port of the pool or of its web server. */
export function addressOf({ url }: PhpFpmConfig): HostPort {
  const { hostname, port, protocol } = new URL(url);
  const usual = { 'http:': 80, 'https:': 443 }[protocol] ?? FASTCGI_PORT;
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? usual : Number(port) };
}
