import type { LogDraft } from '#parsing/log-draft.ts';

const IPV4 = /^(?:\d{1,3}\.){3}\d{1,3}$/;

/** Whether a text is written as an IP address is (v6 by its colons and hexadecimals). */
export function isIp(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first >= 48 && first <= 57 && IPV4.test(text)) return true;
  return text.includes(':') && /^[0-9a-fA-F:.]+(?:%\w+)?$/.test(text) && text.indexOf(':') !== text.lastIndexOf(':');
}

/** Puts `prefix.ip` for an address, `prefix.address` for a name. */
export function putAddress(
  draft: LogDraft,
  prefix: 'source' | 'destination' | 'client' | 'server',
  address: string,
): void {
  if (address === '' || address === '-') return;
  draft.fields.push(isIp(address) ? `${prefix}.ip` : `${prefix}.address`, address);
}

/** Puts address and port of `1.2.3.4:80`, `[::1]:80`, `name:80`. */
export function putEndpoint(
  draft: LogDraft,
  prefix: 'source' | 'destination' | 'client' | 'server',
  text: string,
): void {
  const colon = text.lastIndexOf(':');
  const isPlain =
    colon < 0 || !/^\d+$/.test(text.slice(colon + 1)) || (text.indexOf(':') !== colon && !text.startsWith('['));
  if (isPlain) return putAddress(draft, prefix, text);
  putAddress(draft, prefix, text.slice(0, colon).replace(/^\[(.*)\]$/, '$1'));
  draft.fields.push(`${prefix}.port`, text.slice(colon + 1));
}
