import type { Collection } from '#core/plugin/collector.ts';
import { below, children, type Resource, resourceOf, textOf } from './management-answer.ts';
import { DEPLOYMENT_STATES, SERVER_STATES } from './metrics.ts';
import { parseMachine } from './parse-jvm.ts';
import { type Figure, figures, type Labels, type Part, stateOf } from './part.ts';

const MS = 0.001;
const NS = 1e-9;

const UNDERTOW: readonly Figure[] = [
  ['request-count', 'wildfly_requests_total'],
  ['error-count', 'wildfly_errors_total'],
  ['processing-time', 'wildfly_request_time_seconds_total', {}, NS],
  ['bytes-received', 'wildfly_network_bytes_total', { direction: 'received' }],
  ['bytes-sent', 'wildfly_network_bytes_total', { direction: 'sent' }],
];
const WEB: readonly Figure[] = [
  ['requestCount', 'wildfly_requests_total'],
  ['errorCount', 'wildfly_errors_total'],
  ['processingTime', 'wildfly_request_time_seconds_total', {}, MS],
  ['bytesReceived', 'wildfly_network_bytes_total', { direction: 'received' }],
  ['bytesSent', 'wildfly_network_bytes_total', { direction: 'sent' }],
];
const SESSIONS: readonly Figure[] = [
  ['active-sessions', 'wildfly_sessions_active'],
  ['sessions-created', 'wildfly_sessions_created_total'],
  ['expired-sessions', 'wildfly_sessions_expired_total'],
  ['rejected-sessions', 'wildfly_sessions_rejected_total'],
];
const POOL: readonly Figure[] = [
  ['ActiveCount', 'wildfly_datasource_connections', { state: 'open' }],
  ['InUseCount', 'wildfly_datasource_connections', { state: 'in_use' }],
  ['AvailableCount', 'wildfly_datasource_connections', { state: 'available' }],
  ['CreatedCount', 'wildfly_datasource_connections_created_total'],
  ['DestroyedCount', 'wildfly_datasource_connections_destroyed_total'],
  ['WaitCount', 'wildfly_datasource_waits_total'],
  ['TimedOut', 'wildfly_datasource_timeouts_total'],
  ['TotalBlockingTime', 'wildfly_datasource_wait_time_seconds_total', {}, MS],
];
const TRANSACTIONS: readonly Figure[] = [
  ['number-of-committed-transactions', 'wildfly_transactions_total', { outcome: 'committed' }],
  ['number-of-aborted-transactions', 'wildfly_transactions_total', { outcome: 'aborted' }],
  ['number-of-timed-out-transactions', 'wildfly_transactions_total', { outcome: 'timed_out' }],
  ['number-of-heuristics', 'wildfly_transactions_total', { outcome: 'heuristic' }],
  ['number-of-inflight-transactions', 'wildfly_transactions_inflight'],
];
const DESTINATION: readonly Figure[] = [
  ['message-count', 'wildfly_jms_messages'],
  ['consumer-count', 'wildfly_jms_consumers'],
  ['subscription-count', 'wildfly_jms_consumers'],
  ['messages-added', 'wildfly_jms_messages_added_total'],
];

/** The attributes of a server's root. A suspended server runs, but takes no requests. */
export function parseServer(text: string, server: string): Part {
  const root = resourceOf(text);
  const isSuspended = textOf(root['suspend-state']).toUpperCase() === 'SUSPENDED';
  const state = isSuspended ? 'suspended' : textOf(root['server-state']);
  const product = textOf(root['product-name']) || 'JBoss AS';
  const version = textOf(root['product-version']) || textOf(root['release-version']);
  return {
    values: [{ metric: 'wildfly_info', labels: { server, product, version }, value: 1 }],
    states: [stateOf('wildfly_server', { server }, state, SERVER_STATES)],
  };
}

/** Listeners of a kind of an undertow server, by name. */
export const parseListeners = (text: string, server: string): Part =>
  valuesOf(resourceOf(text), (listener) => [{ server, listener }, UNDERTOW]);

/** A connector of the subsystem `web` (EAP 6). */
export function parseConnector(text: string, server: string): Part {
  const connector = resourceOf(text);
  return { values: figures(connector, { server, listener: textOf(connector['name']) }, WEB), states: [] };
}

/** `subsystem=datasources`, read recursively. */
export function parseDatasources(text: string, server: string): Part {
  const subsystem = resourceOf(text);
  const pools = ['data-source', 'xa-data-source'].flatMap((kind) => children(below(subsystem, kind)));
  const values = pools.flatMap(([datasource, source]) => {
    const labels = { server, datasource };
    const pool = below(source, 'statistics', 'pool');
    return [
      ...figures(pool, labels, POOL),
      ...figures(source, labels, [['max-pool-size', 'wildfly_datasource_connections', { state: 'limit' }]]),
    ];
  });
  return { values, states: [] };
}

/** A deployment, read recursively; the web applications within an archive have names of their own. */
export function parseDeployment(text: string, server: string): Part {
  const deployment = resourceOf(text);
  const name = textOf(deployment['name']);
  const state = deployment['enabled'] === false ? 'disabled' : textOf(deployment['status']).toLowerCase();
  const inner = children(below(deployment, 'subdeployment'));
  const applications: (readonly [string, Resource])[] = [[name, deployment]];
  for (const [part, child] of inner) applications.push([`${name}/${part}`, child]);
  const values = applications.flatMap(([application, resource]) =>
    ['web', 'undertow'].flatMap((subsystem) =>
      figures(below(resource, 'subsystem', subsystem), { server, deployment: application }, SESSIONS),
    ),
  );
  return { values, states: [stateOf('wildfly_deployment', { server, deployment: name }, state, DEPLOYMENT_STATES)] };
}

/** `subsystem=transactions`. */
export const parseTransactions = (text: string, server: string): Part => {
  return { values: figures(resourceOf(text), { server }, TRANSACTIONS), states: [] };
};

/** Queues or topics, by name. */
export const parseDestinations = (text: string, server: string, kind: string): Part =>
  valuesOf(resourceOf(text), (destination) => [{ server, kind, destination }, DESTINATION]);

function valuesOf(resources: Resource, read: (name: string) => readonly [Labels, readonly Figure[]]): Part {
  return { values: children(resources).flatMap(([name, one]) => figures(one, ...read(name))), states: [] };
}

const ofOne = (parse: (text: string, server: string) => Collection) => (text: string) => parse(text, 'one');

/** For the golden cases. */
export const parsers = {
  server: ofOne(parseServer),
  listeners: ofOne(parseListeners),
  connector: ofOne(parseConnector),
  datasources: ofOne(parseDatasources),
  deployment: ofOne(parseDeployment),
  transactions: ofOne(parseTransactions),
  queues: ofOne((text, server) => parseDestinations(text, server, 'queue')),
  machine: ofOne(parseMachine),
};
