import { metricsOfSets } from '#core/jmx/rule-sets/index.ts';
import { counter, gauge, type MetricDefinition, type MetricTable } from '#core/plugin/metric.ts';

const SERVER = ['server'];
const LISTENER = [...SERVER, 'listener'];
const POOL = [...SERVER, 'datasource'];
const DEPLOYMENT = [...SERVER, 'deployment'];
const DESTINATION = [...SERVER, 'kind', 'destination'];

/** What a server says of itself. */
export const SERVER_STATES = [
  ...['starting', 'running', 'stopping', 'stopped', 'reload-required', 'restart-required', 'suspended', 'unknown'],
];
/** What a deployment is. */
export const DEPLOYMENT_STATES = ['ok', 'failed', 'stopped', 'disabled', 'unknown'];

function state(help: string, labels: readonly string[], values: readonly string[]): MetricDefinition {
  return { ...gauge('', help, labels), states: { label: 'state', values } };
}

/** The virtual machine by the names of the rule set `jvm`, one for each server. */
const JVM: MetricTable = Object.fromEntries(
  Object.entries(metricsOfSets(['jvm'])).map(([name, metric]) => [
    name,
    { ...metric, labels: [...SERVER, ...metric.labels] },
  ]),
);

/** Every series of the JBoss collector. */
export const JBOSS_METRICS: MetricTable = {
  wildfly_info: gauge('', 'Always 1; what runs there.', [...SERVER, 'product', 'version']),
  wildfly_server: state('What the server is.', SERVER, SERVER_STATES),
  wildfly_requests_total: counter('', 'Requests by listener.', LISTENER),
  wildfly_errors_total: counter('', 'Requests that ended with an error.', LISTENER),
  wildfly_request_time_seconds_total: counter('seconds', 'Time that requests took, added up.', LISTENER),
  wildfly_network_bytes_total: counter('bytes', 'Bytes by direction: received, sent.', [...LISTENER, 'direction']),
  wildfly_deployment: state('What a deployment is.', DEPLOYMENT, DEPLOYMENT_STATES),
  wildfly_sessions_active: gauge('', 'Sessions that are open.', DEPLOYMENT),
  wildfly_sessions_created_total: counter('', 'Sessions opened.', DEPLOYMENT),
  wildfly_sessions_expired_total: counter('', 'Sessions that expired.', DEPLOYMENT),
  wildfly_sessions_rejected_total: counter('', 'Sessions refused because the most were open.', DEPLOYMENT),
  wildfly_datasource_connections: gauge(
    '',
    'Connections of a pool: open, in_use, available, and the most there may be (limit).',
    [...POOL, 'state'],
  ),
  wildfly_datasource_connections_created_total: counter('', 'Connections opened.', POOL),
  wildfly_datasource_connections_destroyed_total: counter('', 'Connections closed.', POOL),
  wildfly_datasource_waits_total: counter('', 'Requests that had to wait for a connection.', POOL),
  wildfly_datasource_timeouts_total: counter('', 'Requests that waited too long for a connection.', POOL),
  wildfly_datasource_wait_time_seconds_total: counter('seconds', 'Time that was waited for connections.', POOL),
  wildfly_transactions_total: counter('', 'Transactions by outcome: committed, aborted, timed_out, heuristic.', [
    ...SERVER,
    'outcome',
  ]),
  wildfly_transactions_inflight: gauge('', 'Transactions that have not ended.', SERVER),
  wildfly_jms_messages: gauge('', 'Messages in a queue or topic.', DESTINATION),
  wildfly_jms_consumers: gauge('', 'Consumers of a queue, or subscriptions of a topic.', DESTINATION),
  wildfly_jms_messages_added_total: counter('', 'Messages that came into a queue or topic.', DESTINATION),
  ...JVM,
};
