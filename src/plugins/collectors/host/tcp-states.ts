import { open } from 'node:fs/promises';
import type { CollectedValue } from '#core/plugin/collector.ts';
import { failedPart, type Gathered, isNotOffered } from './gathered.ts';

/** By the kernel's number (include/net/tcp_states.h), in OpenTelemetry's names. */
const STATES = [
  'established',
  'syn_sent',
  'syn_received',
  'fin_wait_1',
  'fin_wait_2',
  'time_wait',
  'closed',
  'close_wait',
  'last_ack',
  'listen',
  'closing',
  'syn_received',
];

const CHUNK_BYTES = 65_536;
/** About 55,000 connections: reading more would cost the machine more than the answer is worth. */
const MOST_BYTES = 8_388_608;

/** Adds the connections in whole lines of /proc/net/tcp or tcp6 to `counts`. */
export function countTcpStates(lines: string, counts: Map<string, number>): void {
  for (const [, hex = ''] of lines.matchAll(/^ *\d+: \S+ \S+ ([0-9A-F]{2}) /gm)) {
    const state = STATES[Number.parseInt(hex, 16) - 1];
    if (state !== undefined) counts.set(state, (counts.get(state) ?? 0) + 1);
  }
}

/** One value per state, 0 included, so that charts have no gaps. */
export function tcpStateValues(counts: ReadonlyMap<string, number>): CollectedValue[] {
  return [...new Set(STATES)].map((state) => ({
    metric: 'system_network_connection_count',
    labels: { network_connection_state: state },
    value: counts.get(state) ?? 0,
  }));
}

/** Counts TCP connections of IPv4 and IPv6 by state; nothing when there are too many to count. */
export async function gatherTcpStates(procPath: string): Promise<Gathered> {
  const counts = new Map<string, number>();
  for (const file of ['net/tcp', 'net/tcp6']) {
    try {
      await countFile(`${procPath}/${file}`, counts);
    } catch (error) {
      if (!isNotOffered(error)) return failedPart(file, error);
    }
  }
  return { values: tcpStateValues(counts), problems: [] };
}

async function countFile(path: string, counts: Map<string, number>): Promise<void> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    let rest = '';
    for (let total = 0; ; ) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, total);
      if (bytesRead === 0) return;
      total += bytesRead;
      if (total > MOST_BYTES) throw new Error('there are too many connections to count by state');
      const text = rest + buffer.toString('latin1', 0, bytesRead);
      const end = text.lastIndexOf('\n') + 1;
      countTcpStates(text.slice(0, end), counts);
      rest = text.slice(end);
    }
  } finally {
    await file.close();
  }
}
