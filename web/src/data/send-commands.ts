import type { SelfStatus } from '#core/api/status.ts';

/** Where this server takes Graphite lines, as a shell writes it: `127.0.0.1 2003`. */
export type GraphiteTarget = { readonly host: string; readonly port: string; readonly isLoopback: boolean };

const STANDARD: GraphiteTarget = { host: '127.0.0.1', port: '2003', isLoopback: true };

/** The Graphite listener as seen from elsewhere: a listener on all addresses is reached by the name of this page. */
export function graphiteTarget(self: SelfStatus | undefined, pageHost: string): GraphiteTarget {
  const listener = self?.listeners.find(({ name }) => /graphite/i.test(name) && !/pickle|udp/i.test(name));
  const [, host, port] = /^(?:\w+:\/\/)?\[?([^\]]*?)\]?:(\d+)$/.exec(listener?.address ?? '') ?? [];
  if (host === undefined || port === undefined) return STANDARD;
  const isLoopback = /^(127\.|localhost$|::1$)/.test(host);
  return { host: /^(0\.0\.0\.0|::|\*)?$/.test(host) ? pageHost : host, port, isLoopback };
}

/** One sample as a Graphite line. */
export function oneSampleCommand({ host, port }: GraphiteTarget): string {
  return `echo "test.first 42 $(date +%s)" | nc -w1 ${host} ${port}`;
}

/** The load of a machine each second, labelled with its name, without installing anything. */
export function loadLoopCommand({ host, port }: GraphiteTarget): string {
  return `while sleep 1; do echo "system_cpu_load_average_1m;host=$(hostname) $(cut -d' ' -f1 /proc/loadavg) $(date +%s)"; done | nc ${host} ${port}`;
}

/** One sample over HTTP, answered once it is durable. */
export function httpSampleCommand(origin: string): string {
  return `curl -s -H "Authorization: Bearer $NOCMATE_TOKEN" --data "test.first 42 $(date +%s)" ${origin}/api/ingest/graphite`;
}

/** Reads the sample of {@link oneSampleCommand} back. */
export function renderCommand(origin: string): string {
  return `curl -s -H "Authorization: Bearer $NOCMATE_TOKEN" '${origin}/render?target=test.first&from=-1h&format=json'`;
}
