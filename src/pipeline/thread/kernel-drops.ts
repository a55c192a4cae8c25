import { readFileSync } from 'node:fs';

/**
 * Datagrams that the kernel threw away because the socket's buffer was full, since it was opened: the column `drops` of
 * `/proc/net/udp` and `udp6` (Linux, net/ipv4/udp.c). Undefined where the system does not tell.
 */
export function kernelDrops(port: number, isV6: boolean): number | undefined {
  try {
    return dropsOf(readFileSync(isV6 ? '/proc/net/udp6' : '/proc/net/udp', 'latin1'), port);
  } catch {
    return undefined;
  }
}

/** The drops of all sockets of this table that are bound to the port; undefined: there is none. */
export function dropsOf(table: string, port: number): number | undefined {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  let drops: number | undefined;
  for (const line of table.split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/);
    if (fields[1]?.split(':')[1] !== wanted) continue;
    drops = (drops ?? 0) + Number(fields.at(-1));
  }
  return drops;
}
