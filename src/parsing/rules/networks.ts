type Network = { readonly bits: bigint; readonly length: number; readonly width: number; readonly tag: string };

/** Finds the tag of the narrowest of the networks (`10.0.0.0/8`, `2001:db8::/32`) that an address lies in. Throws Error at what is no network. */
export function compileNetworks(networks: Readonly<Record<string, string>>): (ip: string) => string | undefined {
  const list = Object.entries(networks)
    .map(([cidr, tag]) => parseNetwork(cidr, tag))
    .sort((a, b) => b.length - a.length);
  return (ip) => {
    const address = parseIp(ip);
    if (address === undefined) return undefined;
    return list.find(
      ({ bits, length, width }) =>
        width === address.width && bits >> BigInt(width - length) === address.bits >> BigInt(width - length),
    )?.tag;
  };
}

function parseNetwork(cidr: string, tag: string): Network {
  const [ip = '', length] = cidr.split('/');
  const address = parseIp(ip);
  const prefix = length === undefined ? address?.width : Number(length);
  if (address === undefined || prefix === undefined || !(prefix >= 0 && prefix <= address.width))
    throw new Error(`${cidr} is no network`);
  return { ...address, length: prefix, tag };
}

/** The bits of an IPv4 or IPv6 address, and how many they are; undefined for other texts. */
export function parseIp(text: string): { bits: bigint; width: number } | undefined {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) {
    const bits = text.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
    return { bits, width: 32 };
  }
  const plain = text.split('%')[0] ?? '';
  if (!/^[\da-fA-F:]+$/.test(plain) || !plain.includes(':')) return undefined;
  const [left = '', right] = plain.split('::');
  const head = left === '' ? [] : left.split(':');
  const tail = right === undefined || right === '' ? [] : right.split(':');
  const missing = 8 - head.length - tail.length;
  if (missing < 0 || (right === undefined && missing > 0)) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (groups.some((group) => group.length > 4 || group === '')) return undefined;
  return { bits: groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n), width: 128 };
}
