import type { CollectedValue } from '#core/plugin/collector.ts';
import { decodePacket, type NtpPacket } from './packet.ts';

/** Series of what a server says of itself; they need no label `check`. */
export function packetValues(packet: NtpPacket): CollectedValue[] {
  const { stratum, rootDelayMs, rootDispersionMs, referenceMs, sentMs } = packet;
  const age = referenceMs === undefined || sentMs === undefined ? undefined : (sentMs - referenceMs) / 1_000;
  return [
    { metric: 'ntpcheck_stratum', value: stratum },
    { metric: 'ntpcheck_root_delay_seconds', value: rootDelayMs / 1_000 },
    { metric: 'ntpcheck_root_dispersion_seconds', value: rootDispersionMs / 1_000 },
    ...(age === undefined ? [] : [{ metric: 'ntpcheck_reference_age_seconds', value: age }]),
  ];
}

/** For the golden cases: packets in hex. */
export const parsers = {
  packet: (text: string) => packetValues(decodePacket(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'))),
};
