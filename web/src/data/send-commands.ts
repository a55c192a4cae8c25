import type { SelfStatus } from '#core/api/status.ts';

/** Where a listener of this server is, as a shell writes it: `127.0.0.1 2003`. */
export type ListenerTarget = { readonly host: string; readonly port: string; readonly isLoopback: boolean };

/** The Graphite listener as seen from elsewhere: a listener on all addresses is reached by the name of this page. */
export function graphiteTarget(self: SelfStatus | undefined, pageHost: string): ListenerTarget {
  const isMeant = (name: string): boolean => /graphite/i.test(name) && !/pickle|udp/i.test(name);
  return listenerTarget(self, pageHost, isMeant) ?? { host: '127.0.0.1', port: '2003', isLoopback: true };
}

/** The syslog listener as seen from elsewhere; undefined while there is none. */
export function syslogTarget(self: SelfStatus | undefined, pageHost: string): ListenerTarget | undefined {
  return listenerTarget(self, pageHost, (name) => /syslog/i.test(name) && !/udp|tls/i.test(name));
}

/** A listener by its name, as seen from elsewhere; undefined while there is none. */
export function listenerTarget(
  self: SelfStatus | undefined,
  pageHost: string,
  isMeant: (name: string) => boolean,
): ListenerTarget | undefined {
  const listener = self?.listeners.find(({ name }) => isMeant(name));
  const [, host, port] = /^(?:\w+:\/\/)?\[?([^\]]*?)\]?:(\d+)$/.exec(listener?.address ?? '') ?? [];
  if (host === undefined || port === undefined) return undefined;
  const isLoopback = /^(127\.|localhost$|::1$)/.test(host);
  return { host: /^(0\.0\.0\.0|::|\*)?$/.test(host) ? pageHost : host, port, isLoopback };
}

/** One sample as a Graphite line. */
export function oneSampleCommand({ host, port }: ListenerTarget): string {
  return `echo "test.first 42 $(date +%s)" | nc -w1 ${host} ${port}`;
}

/** The load of a machine each second, labelled with its name, without installing anything. */
export function loadLoopCommand({ host, port }: ListenerTarget): string {
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

/** One log line over syslog (TCP, RFC 5424), by a program every Linux has. */
export function syslogCommand({ host, port }: ListenerTarget): string {
  return `logger --tcp --rfc5424 --server ${host} --port ${port} --tag first "hello from $(hostname)"`;
}

/** One log line as Elasticsearch's bulk API takes it: what Filebeat, Fluent Bit, Logstash and Vector send. */
export function bulkCommand(origin: string): string {
  return `printf '{"index":{}}\\n{"message":"hello","level":"info","user":"eve"}\\n' | curl -s -H "Authorization: Bearer $NOCMATE_TOKEN" -H 'content-type: application/x-ndjson' --data-binary @- ${origin}/elasticsearch/first/_bulk`;
}
