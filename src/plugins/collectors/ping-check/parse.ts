import type { CollectedValue } from '#core/plugin/collector.ts';

/** What `ping -q` says at its end; times in ms. */
export type PingSummary = {
  readonly sent: number;
  readonly received: number;
  /** By `min`, `avg`, `max`, `mdev`; empty when nothing came back. */
  readonly rtt: Readonly<Record<string, number>>;
};

const COUNTS = /(\d+) packets transmitted, (\d+)(?: packets)? received/;
/** iputils; BusyBox and BSD say `round-trip`, without mdev or with stddev. */
const TIMES = /(?:rtt|round-trip) ([a-z/]+) = ([\d./]+) ms/;

/** Reads the summary of `ping -q` (iputils, BusyBox, BSD); undefined when there is none. */
export function parsePing(output: string): PingSummary | undefined {
  const [, sent, received] = COUNTS.exec(output) ?? [];
  if (sent === undefined || received === undefined) return undefined;
  const [, names = '', times = ''] = TIMES.exec(output) ?? [];
  const values = times.split('/').map(Number);
  const rtt =
    names === '' ? [] : names.split('/').map((name, i) => [name.replace('stddev', 'mdev'), values[i] ?? 0] as const);
  return { sent: Number(sent), received: Math.min(Number(received), Number(sent)), rtt: Object.fromEntries(rtt) };
}

/** Series of a summary; they need no label `check`. */
export function pingValues({ sent, received, rtt }: PingSummary): CollectedValue[] {
  return [
    { metric: 'pingcheck_sent', value: sent },
    { metric: 'pingcheck_received', value: received },
    { metric: 'pingcheck_loss_ratio', value: sent === 0 ? 1 : (sent - received) / sent },
    ...Object.entries(rtt).map(([stat, ms]) => ({
      metric: 'pingcheck_rtt_seconds',
      labels: { stat },
      value: ms / 1_000,
    })),
  ];
}

/** For the golden cases. */
export const parsers = {
  ping: (text: string): CollectedValue[] => {
    const summary = parsePing(text);
    return summary === undefined ? [] : pingValues(summary);
  },
};
