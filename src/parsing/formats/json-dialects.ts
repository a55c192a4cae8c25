import type { LogDraft } from '#parsing/log-draft.ts';
import type { FormatTools } from '#parsing/log-format.ts';
import { severityOfStatus } from '#parsing/severity.ts';
import { putIndex } from './elastic-stack.ts';

/** Gives the fields of a JSON record that a known product wrote their standard names; `start` is the index of its first. */
export type Dialect = (draft: LogDraft, start: number, tools: FormatTools) => void;

type Names = Readonly<Record<string, string>>;

const SURICATA: Names = {
  src_ip: 'source.ip',
  src_port: 'source.port',
  dest_ip: 'destination.ip',
  dest_port: 'destination.port',
  proto: 'network.transport',
  app_proto: 'network.protocol',
  event_type: 'event.type',
  'alert.signature': 'rule.name',
  'alert.signature_id': 'rule.id',
  'alert.category': 'rule.category',
  'alert.severity': 'event.severity',
  'alert.action': 'event.action',
  flow_id: 'network.flow_id',
  'http.hostname': 'destination.domain',
  'http.url': 'url.original',
  'http.http_user_agent': 'user_agent.original',
  'http.http_method': 'http.request.method',
  'http.status': 'http.response.status_code',
  'dns.rrname': 'dns.question.name',
  'dns.rrtype': 'dns.question.type',
  'tls.sni': 'tls.client.server_name',
}; // prettier-ignore
const MODSECURITY: Names = {
  'transaction.client_ip': 'source.ip',
  'transaction.client_port': 'source.port',
  'transaction.host_ip': 'destination.ip',
  'transaction.host_port': 'destination.port',
  'transaction.unique_id': 'http.request.id',
  'transaction.id': 'http.request.id',
  'transaction.transaction_id': 'http.request.id',
  'transaction.remote_address': 'source.ip',
  'transaction.remote_port': 'source.port',
  'transaction.local_address': 'destination.ip',
  'transaction.request.method': 'http.request.method',
  'transaction.request.uri': 'url.original',
  'transaction.response.http_code': 'http.response.status_code',
  'response.status': 'http.response.status_code',
  'request.request_line': 'http.request.line',
}; // prettier-ignore
const WINDOWS: Names = {
  EventID: 'event.code',
  'winlog.event_id': 'event.code',
  EventId: 'event.code',
  Channel: 'winlog.channel',
  SourceName: 'event.provider',
  ProviderName: 'event.provider',
  'winlog.provider_name': 'event.provider',
  Opcode: 'winlog.opcode',
  Task: 'winlog.task',
  RecordNumber: 'winlog.record_id',
  RecordId: 'winlog.record_id',
  TargetUserName: 'user.name',
  SubjectUserName: 'winlog.subject_user_name',
  IpAddress: 'source.ip',
  IpPort: 'source.port',
  'winlog.event_data.TargetUserName': 'user.name',
  'winlog.event_data.IpAddress': 'source.ip',
  'winlog.event_data.IpPort': 'source.port',
  LogonType: 'winlog.logon_type',
  ProcessName: 'process.executable',
}; // prettier-ignore
const TRAEFIK: Names = {
  ClientHost: 'source.ip',
  ClientPort: 'source.port',
  RequestMethod: 'http.request.method',
  RequestPath: 'url.original',
  DownstreamStatus: 'http.response.status_code',
  OriginStatus: 'traefik.origin_status',
  DownstreamContentSize: 'http.response.body.bytes',
  RequestHost: 'destination.domain',
  RouterName: 'traefik.router',
  ServiceName: 'traefik.service',
  'request_User-Agent': 'user_agent.original',
  request_Referer: 'http.request.referrer',
}; // prettier-ignore
const NGINX: Names = {
  remote_addr: 'source.ip',
  request_method: 'http.request.method',
  request_uri: 'url.original',
  uri: 'url.path',
  status: 'http.response.status_code',
  body_bytes_sent: 'http.response.body.bytes',
  http_user_agent: 'user_agent.original',
  http_referer: 'http.request.referrer',
  http_referrer: 'http.request.referrer',
  request_time: 'http.server.request.duration',
  http_x_forwarded_for: 'network.forwarded_ip',
  remote_user: 'user.name',
  server_name: 'server.address',
  request: 'http.request.line',
}; // prettier-ignore
const MONGODB: Names = {
  'log.logger': 'mongodb.component',
  ctx: 'mongodb.context',
  id: 'mongodb.id',
  'attr.durationMillis': 'mongodb.duration_ms',
  'attr.ns': 'db.namespace',
  'attr.remote': 'source.address',
};
const LOGSTASH: Names = { thread: 'process.thread.name' };
const ELASTIC: Names = {
  'node.name': 'elasticsearch.node.name',
  'node.id': 'elasticsearch.node.id',
  'cluster.name': 'elasticsearch.cluster.name',
  'cluster.uuid': 'elasticsearch.cluster.uuid',
};
const POSTGRES: Names = {
  dbname: 'db.name',
  user: 'user.name',
  pid: 'process.pid',
  remote_host: 'source.address',
  remote_port: 'source.port',
  statement: 'db.statement',
  state_code: 'error.sql_state',
  session_id: 'postgresql.log.session_id',
  application_name: 'postgresql.log.application_name',
};
const FIREWALL: Names = {
  srcaddr: 'source.ip',
  srcport: 'source.port',
  destaddr: 'destination.ip',
  destport: 'destination.port',
  protocol: 'network.protocol',
  'rule-id': 'rule.id',
  'session-id': 'network.session_id',
  'session-state': 'network.session_state',
  direction: 'network.direction',
  action: 'event.action',
};

/** A product by the fields that only its records have together. */
const PRODUCTS: readonly (readonly [marks: readonly string[], service: string, names: Names])[] = [
  [['event_type', 'flow_id'], 'suricata', SURICATA],
  [['event_type', 'src_ip'], 'suricata', SURICATA],
  [['transaction.client_ip'], 'modsecurity', MODSECURITY],
  [['transaction.remote_address'], 'modsecurity', MODSECURITY],
  [['winlog.event_id'], 'windows', WINDOWS],
  [['EventID', 'Channel'], 'windows', WINDOWS],
  [['EventID', 'SourceName'], 'windows', WINDOWS],
  [['DownstreamStatus'], 'traefik', TRAEFIK],
  [['ctx', 'id'], 'mongodb', MONGODB],
  [['cluster.name', 'node.name'], 'elasticsearch', ELASTIC],
  [['backend_type', 'pid'], 'postgresql', POSTGRES],
  [['srcaddr', 'destaddr'], '', FIREWALL],
  [['remote_addr', 'status'], '', NGINX],
  [['logEvent.pipeline_id'], 'logstash', LOGSTASH],
];

/** The dialect of the fields from `start` on, or undefined. */
export function dialectOf(fields: readonly string[], start: number): Dialect | undefined {
  const has = (name: string): boolean => {
    for (let i = start; i < fields.length; i += 2) if (fields[i] === name) return true;
    return false;
  };
  const product = fields.length - start > 4_000 ? undefined : PRODUCTS.find(([marks]) => marks.every(has));
  if (product === undefined) return undefined;
  const [, service, names] = product;
  return (draft, from, tools) => {
    rename(draft.fields, from, names);
    if (service !== '') draft.service = draft.service || service;
    finish(draft, tools);
    if (names === ELASTIC) putIndex(draft.body, draft);
  };
}

function rename(fields: string[], from: number, names: Names): void {
  for (let i = from; i < fields.length; i += 2) {
    const name = fields[i] ?? '';
    if (Object.hasOwn(names, name)) fields[i] = names[name] ?? name;
  }
}

function finish(draft: LogDraft, { times, now }: FormatTools): void {
  const status = Number(draft.get('http.response.status_code'));
  if (status >= 100 && draft.severity === 0) draft.severity = severityOfStatus(status);
  const alert = draft.get('event.severity');
  if (alert !== undefined && draft.severity === 0) draft.severity = alert === '1' ? 17 : alert === '2' ? 13 : 9;
  const created = draft.get('TimeCreated') ?? draft.get('EventTime');
  if (Number.isNaN(draft.t) && created !== undefined) draft.t = times.readWhole(created, now);
}
