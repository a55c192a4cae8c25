import { z } from 'zod';

const ADDRESS = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]]+)):(\d{1,5})$/;

export type HostPort = { readonly host: string; readonly port: number };

/** The parts of `127.0.0.1:2003`, `localhost:0` or `[::1]:2003`; undefined when the text is no such address. */
export function parseHostPort(text: string): HostPort | undefined {
  const [, six, host = six, port = ''] = ADDRESS.exec(text.trim()) ?? [];
  if (host === undefined || Number(port) > 65_535) return undefined;
  return { host, port: Number(port) };
}

/** A config value that says where to listen: `host:port`, or `off`. */
export const ListenAddress = z.string().refine((text) => text === 'off' || parseHostPort(text) !== undefined, {
  error: 'not an address: write host:port, like 127.0.0.1:2003 or [::1]:2003, or off',
});
