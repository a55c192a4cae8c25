import { z } from 'zod';

/** Where a listener binds; IPv6 hosts without brackets. Port 0 = any free one. */
export type ListenAddress = { readonly host: string; readonly port: number };

/** The address of a text like `127.0.0.1:2003`, `[::]:2003` or `:2003` (loopback); undefined when it is none. */
export function parseListenAddress(text: string): ListenAddress | undefined {
  const [, v6, name = '', digits = ''] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(text.trim()) ?? [];
  const port = Number(digits);
  if (digits === '' || port > 65_535) return undefined;
  return { host: v6 ?? (name === '' ? '127.0.0.1' : name), port };
}

/** The text that {@link parseListenAddress} reads. */
export function formatListenAddress({ host, port }: ListenAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** A config value that says where to listen, or `off`; parsed to an address or undefined. */
export const ListenSetting = z.string().transform((text, context): ListenAddress | undefined => {
  if (text.trim().toLowerCase() === 'off') return undefined;
  const address = parseListenAddress(text);
  if (address !== undefined) return address;
  context.addIssue(`"${text}" is no address to listen on: write host:port, like 127.0.0.1:2003, or off`);
  return z.NEVER;
});
