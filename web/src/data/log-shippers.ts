import type { SelfStatus } from '#core/api/status.ts';
import { type ListenerTarget, listenerTarget } from './send-commands.ts';

/** Where senders find this server, and what they may show to be let in. */
export type ShipTarget = {
  /** Of the HTTP API: `https://noc.example:8400`. */
  readonly origin: string;
  /** Secret of a token with the scope `ingest`, or a word that stands for it. */
  readonly token: string;
  readonly syslog: ListenerTarget | undefined;
  readonly gelf: ListenerTarget | undefined;
  readonly lumberjack: ListenerTarget | undefined;
};

/** How a program sends its logs here: a command, or a piece of its configuration. */
export type Shipper = {
  readonly id: string;
  readonly title: string;
  /** Where the text belongs. */
  readonly place: string;
  readonly text: string;
  /** What has to be done first. */
  readonly needs?: string;
};

/** What stands in for the secret until there is one. */
export const NO_TOKEN = '$NOCMATE_TOKEN';

/** The targets of this server, as seen from a page at `location`. */
export function shipTarget(
  self: SelfStatus | undefined,
  { origin, hostname }: { readonly origin: string; readonly hostname: string },
  token = NO_TOKEN,
): ShipTarget {
  const find = (name: RegExp, not: RegExp): ListenerTarget | undefined =>
    listenerTarget(self, hostname, (listener) => name.test(listener) && !not.test(listener));
  return {
    ...{ origin, token },
    syslog: find(/syslog/i, /udp|tls/i),
    gelf: find(/gelf/i, /tcp/i),
    lumberjack: find(/lumberjack/i, /tls/i),
  };
}

/** All ways, those that need nothing installed first. */
export function logShippers(target: ShipTarget): readonly Shipper[] {
  return [...httpShippers(target), ...syslogShippers(target), ...agentShippers(target), ...ownShippers()];
}

function httpShippers({ origin, token }: ShipTarget): Shipper[] {
  return [
    {
      id: 'curl',
      title: 'curl',
      place: 'a shell',
      text: `curl -sS -H "Authorization: Bearer ${token}" -H 'Content-Type: application/x-ndjson' \\
  --data-binary '{"message":"hello","level":"info","host":"'"$(hostname)"'","user":"eve"}' \\
  ${origin}/api/ingest/logs`,
    },
  ];
}

function syslogShippers({ syslog }: ShipTarget): Shipper[] {
  const needs = 'The syslog listener is off: set NOCMATE_SYSLOG=0.0.0.0:1514 and start again.';
  const { host, port } = syslog ?? { host: 'HOST', port: '1514' };
  const off = syslog === undefined ? { needs } : {};
  return [
    {
      ...{ id: 'rsyslog', title: 'rsyslog', place: '/etc/rsyslog.d/90-nocmate.conf', ...off },
      text: `action(type="omfwd" target="${host}" port="${port}" protocol="tcp"
       template="RSYSLOG_SyslogProtocol23Format" TCP_Framing="octet-counted"
       queue.type="LinkedList" queue.filename="nocmate" queue.saveOnShutdown="on"
       action.resumeRetryCount="-1")`,
    },
    {
      ...{ id: 'syslog-ng', title: 'syslog-ng', place: '/etc/syslog-ng/conf.d/nocmate.conf', ...off },
      text: `destination d_nocmate { syslog("${host}" transport("tcp") port(${port})); };
log { source(s_src); destination(d_nocmate); };`,
    },
    {
      ...{ id: 'logger', title: 'logger', place: 'a shell', ...off },
      text: `logger --tcp --rfc5424 --server ${host} --port ${port} --tag first "hello from $(hostname)"`,
    },
  ];
}

/** The HTTP address in the pieces that configurations ask for. */
type Address = { readonly whole: string; readonly hostname: string; readonly port: string; readonly isTls: boolean };

function agentShippers(target: ShipTarget): Shipper[] {
  const { protocol, hostname, port: own } = new URL(target.origin);
  const isTls = protocol === 'https:';
  const port = own || (isTls ? '443' : '80');
  const address = { whole: `${protocol}//${hostname}:${port}`, hostname, port, isTls };
  const { token } = target;
  return [
    ...elasticShippers(address, token),
    ...lokiAndOtlp(address, token),
    logstash(address, token),
    beats(target.lumberjack),
    docker(target.gelf),
  ];
}

function elasticShippers({ whole, hostname, port, isTls }: Address, token: string): Shipper[] {
  return [
    {
      ...{ id: 'filebeat', title: 'Filebeat', place: 'filebeat.yml' },
      text: `filebeat.inputs:
  - { type: filestream, id: logs, paths: [/var/log/*.log] }
setup.template.enabled: false
setup.ilm.enabled: false
output.elasticsearch:
  hosts: ["${whole}/elasticsearch"]
  username: nocmate
  password: "${token}"`,
    },
    {
      ...{ id: 'fluent-bit', title: 'Fluent Bit', place: 'fluent-bit.conf' },
      text: `[OUTPUT]
    Name                es
    Match               *
    Host                ${hostname}
    Port                ${port}
    Path                /elasticsearch
    Index               logs
    HTTP_User           nocmate
    HTTP_Passwd         ${token}
    Suppress_Type_Name  On${isTls ? '\n    tls                 On' : ''}`,
    },
    {
      ...{ id: 'vector', title: 'Vector', place: 'vector.yaml' },
      text: `sinks:
  nocmate:
    type: elasticsearch
    inputs: [my_source]
    endpoints: ["${whole}/elasticsearch"]
    api_version: v8
    bulk: { index: logs }
    auth: { strategy: basic, user: nocmate, password: "${token}" }`,
    },
  ];
}

function lokiAndOtlp({ whole }: Address, token: string): Shipper[] {
  return [
    {
      ...{ id: 'promtail', title: 'Promtail, Alloy', place: 'promtail.yaml' },
      text: `clients:
  - url: ${whole}/loki/api/v1/push
    bearer_token: "${token}"`,
    },
    {
      ...{ id: 'otel', title: 'OpenTelemetry', place: 'the collector’s config.yaml' },
      text: `exporters:
  otlphttp/nocmate:
    logs_endpoint: ${whole}/v1/logs
    headers: { Authorization: "Bearer ${token}" }`,
    },
  ];
}

function logstash({ whole }: Address, token: string): Shipper {
  return {
    ...{ id: 'logstash', title: 'Logstash', place: 'a pipeline' },
    text: `output {
  elasticsearch {
    hosts => ["${whole}"]
    path => "/elasticsearch"
    index => "logs"
    manage_template => false
    ilm_enabled => false
    user => "nocmate"
    password => "${token}"
  }
}`,
  };
}

function beats(target: ListenerTarget | undefined): Shipper {
  const { host, port } = target ?? { host: 'HOST', port: '5044' };
  const needs = 'The Beats listener is off: set inputs: { lumberjack: { listen: 0.0.0.0:5044 } }.';
  return {
    ...{ id: 'beats', title: 'Beats protocol', place: 'filebeat.yml', ...(target === undefined ? { needs } : {}) },
    text: `output.logstash:\n  hosts: ["${host}:${port}"]`,
  };
}

function docker(target: ListenerTarget | undefined): Shipper {
  const { host, port } = target ?? { host: 'HOST', port: '12201' };
  const needs = 'The GELF listener is off: set inputs: { gelf: { listen: 0.0.0.0:12201 } }.';
  return {
    ...{ id: 'docker', title: 'Docker (GELF)', place: 'a shell', ...(target === undefined ? { needs } : {}) },
    text: `docker run --log-driver gelf --log-opt gelf-address=udp://${host}:${port} IMAGE`,
  };
}

/** What this server reads by itself. */
function ownShippers(): Shipper[] {
  const place = 'nocmate.yaml of this server';
  return [
    {
      ...{ id: 'files', title: 'Files of this machine', place },
      text: `inputs:
  file-tail:
    files:
      - { include: [/srv/app/log/*.log], service: app }`,
    },
    {
      ...{ id: 'journal', title: 'Journal of this machine', place },
      text: 'inputs:\n  journald: { read: on }',
    },
  ];
}
