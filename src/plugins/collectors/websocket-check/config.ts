import { z } from 'zod';
import { CHECK_TLS_OPTIONS, checkOption } from '#core/plugin/check-options.ts';
import { patternOption } from '#core/plugin/pattern-option.ts';
import { addressOfUrl, RARE, SecretReference } from '#core/plugin/target-options.ts';
import type { HostPort } from '#core/units/listen-address.ts';

const HEADER = /^[\w!#$%&'*+.^`|~-]+:[^\r\n]*$/;
const PROTOCOL = /^[\w!#$%&'*+.^`|~-]+$/;

/** Options of a target: where the WebSocket is, what is said and what must be heard. */
export const WebsocketCheckConfig = z.strictObject({
  url: z
    .url({ protocol: /^(ws|http)s?$/, message: 'write a whole URL, like wss://host/path' })
    .refine((text) => !/\/\/[^/]*@/.test(text), 'a login does not stand in the URL: write username and password')
    .describe('What is opened, like wss://shop/live.'),
  check: checkOption,
  send: z.string().optional().describe('A message that is sent when it is open.'),
  expect: patternOption.optional().describe('A regular expression (RE2) that must match in a message that comes.'),
  ping: z.boolean().default(true).meta(RARE).describe('Send a ping, and wait for the pong.'),
  protocols: z
    .array(z.string().regex(PROTOCOL, 'this can be no subprotocol'))
    .default([])
    .meta(RARE)
    .describe('Subprotocols that are offered; the server must choose one.'),
  headers: z
    .array(z.string().regex(HEADER, 'write Name: value'))
    .default([])
    .meta(RARE)
    .describe('Headers of the handshake, each as Name: value, like Origin: https://shop.'),
  username: z.string().min(1).optional().describe('User name of the login (basic).'),
  password: SecretReference.optional().describe('Its password.'),
  token: SecretReference.optional().describe('Bearer token, in place of user name and password.'),
  ...CHECK_TLS_OPTIONS,
});
export type WebsocketCheckConfig = z.infer<typeof WebsocketCheckConfig>;

/** The URL as one of HTTP, which says the same of host, port and TLS. */
export function httpUrl({ url }: WebsocketCheckConfig): URL {
  return new URL(url.replace(/^ws/i, 'http'));
}

/** Host and port of a target. */
export function addressOf(config: WebsocketCheckConfig): HostPort {
  return addressOfUrl(httpUrl(config).href);
}

/** The name in the label `check`. */
export function checkName({ check, url }: WebsocketCheckConfig): string {
  return check ?? url;
}
