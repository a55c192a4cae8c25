/** A listening TCP socket as the kernel lists it. */
export type ListeningSocket = { readonly address: string; readonly port: number; readonly inode: string };

const LISTEN = '0A';

/** Sockets in state LISTEN of `/proc/net/tcp` or `/proc/net/tcp6` (proc(5)); addresses are words in the order of the host. */
export function parseListening(text: string): ListeningSocket[] {
  const rows = text.matchAll(/^ *\d+: ([0-9A-F]+):([0-9A-F]{4}) \S+ ([0-9A-F]{2}) \S+ \S+ \S+ +\d+ +\d+ (\d+)/gm);
  return [...rows].flatMap(([, hex = '', port = '', state, inode = '']) =>
    state === LISTEN ? [{ address: addressOf(hex), port: Number.parseInt(port, 16), inode }] : [],
  );
}

function addressOf(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  // Little-endian machines; the big-endian ones Node runs on are rare, and only the address would be wrong.
  bytes.swap32();
  if (bytes.length === 4) return bytes.join('.');
  const isMapped = bytes.subarray(0, 10).every((byte) => byte === 0) && bytes.readUInt16BE(10) === 0xffff;
  if (isMapped) return bytes.subarray(12).join('.');
  if (bytes.every((byte) => byte === 0)) return '::';
  const words = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(i * 2).toString(16)).join(':');
  return words === '0:0:0:0:0:0:0:1' ? '::1' : words;
}
