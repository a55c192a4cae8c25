import { isJsonObject, parseJson } from '#core/log-fields/parse-json.ts';
import type { CollectedState, CollectedValue, Collection } from '#core/plugin/collector.ts';
import {
  type JsonFigure,
  type JsonObject,
  jsonAnswer,
  jsonAt,
  jsonFigures,
  jsonItems,
  jsonList,
  jsonText,
} from '#core/plugin/json-answer.ts';
import { QUEUE_STATES, type RABBITMQ_METRICS } from './metrics.ts';

type Metric = keyof typeof RABBITMQ_METRICS;
type Figures = readonly JsonFigure<Metric>[];

const MS = 1 / 1_000;
const WHAT = 'answer of the management of RabbitMQ';
const STATES = ['ready', 'unacknowledged'];
/** Names of the sums of a vhost or the cluster, and what they are here. */
const HOW = Object.entries({
  publish: 'published',
  confirm: 'confirmed',
  deliver_get: 'delivered',
  ack: 'acknowledged',
  redeliver: 'redelivered',
  return_unroutable: 'returned',
  drop_unroutable: 'dropped',
});
const CHURN = ['connection', 'channel', 'queue'].flatMap((what) =>
  ['created', 'closed', 'declared', 'deleted'].map((change) => ({ what, change })),
);

const OVERVIEW: Figures = [
  ...(['connections', 'channels', 'consumers', 'queues', 'exchanges'] as const).map(
    (what) => [`object_totals.${what}`, `rabbitmq_${what}`] as const,
  ),
  ...STATES.map((state) => [`queue_totals.messages_${state}`, 'rabbitmq_messages', { state }] as const),
  ...HOW.map(([name, how]) => [`message_stats.${name}`, 'rabbitmq_messages_total', { how }] as const),
  ...CHURN.map((labels) => [`churn_rates.${labels.what}_${labels.change}`, 'rabbitmq_churn_total', labels] as const),
];

const NODE: Figures = [
  ['uptime', 'rabbitmq_node_uptime_seconds', {}, MS],
  ['mem_alarm', 'rabbitmq_node_alarm', { resource: 'memory' }],
  ['disk_free_alarm', 'rabbitmq_node_alarm', { resource: 'disk' }],
  ['mem_used', 'rabbitmq_node_mem_used_bytes'],
  ['mem_limit', 'rabbitmq_node_mem_limit_bytes'],
  ['disk_free', 'rabbitmq_node_disk_free_bytes'],
  ['disk_free_limit', 'rabbitmq_node_disk_free_limit_bytes'],
  ['fd_used', 'rabbitmq_node_fd_used'],
  ['fd_total', 'rabbitmq_node_fd_limit'],
  ['sockets_used', 'rabbitmq_node_sockets_used'],
  ['sockets_total', 'rabbitmq_node_sockets_limit'],
  ['proc_used', 'rabbitmq_node_proc_used'],
  ['proc_total', 'rabbitmq_node_proc_limit'],
  ['run_queue', 'rabbitmq_node_run_queue'],
  ['io_read_bytes', 'rabbitmq_node_io_bytes_total', { direction: 'read' }],
  ['io_write_bytes', 'rabbitmq_node_io_bytes_total', { direction: 'write' }],
  ['gc_bytes_reclaimed', 'rabbitmq_node_gc_reclaimed_bytes_total'],
  ['context_switches', 'rabbitmq_node_context_switches_total'],
];

const VHOST: Figures = [
  ...STATES.map((state) => [`messages_${state}`, 'rabbitmq_vhost_messages', { state }] as const),
  ...HOW.map(([name, how]) => [`message_stats.${name}`, 'rabbitmq_vhost_messages_total', { how }] as const),
];

const EXCHANGE: Figures = ['in', 'out'].map(
  (direction) => [`message_stats.publish_${direction}`, 'rabbitmq_exchange_messages_total', { direction }] as const,
);

const QUEUE: Figures = [
  ...STATES.map((state) => [`messages_${state}`, 'rabbitmq_message_current', { state }] as const),
  ['message_stats.publish', 'rabbitmq_message_published_total'],
  ['message_stats.deliver_get', 'rabbitmq_message_delivered_total'],
  ['message_stats.ack', 'rabbitmq_message_acknowledged_total'],
  ['message_stats.redeliver', 'rabbitmq_message_redelivered_total'],
  ['consumers', 'rabbitmq_consumer_count'],
  ['memory', 'rabbitmq_queue_memory_bytes'],
  ['message_bytes', 'rabbitmq_queue_message_bytes'],
];

/** `/api/overview`: sums of the cluster, as they are while statistics are kept. */
export function parseOverview(text: string): Collection {
  const overview = jsonAnswer(text, WHAT);
  const labels = {
    cluster: jsonText(overview, 'cluster_name'),
    rabbitmq_version: jsonText(overview, 'rabbitmq_version'),
    erlang_version: jsonText(overview, 'erlang_version'),
  };
  const info = labels.rabbitmq_version === '' ? [] : [{ metric: 'rabbitmq_info', labels, value: 1 }];
  return { values: [...info, ...jsonFigures(overview, OVERVIEW)] };
}

/** `/api/nodes`. A node that is down is told as such and has no figures. */
export function parseNodes(text: string): Collection {
  const nodes = jsonList(text, WHAT);
  return { values: nodes.flatMap(valuesOfNode), states: nodes.map(stateOfNode) };
}

/** `/api/vhosts`. */
export function parseVhosts(text: string): Collection {
  const vhosts = jsonList(text, WHAT);
  return { values: vhosts.flatMap((vhost) => jsonFigures(vhost, VHOST, { vhost: jsonText(vhost, 'name') })) };
}

/** `/api/exchanges`: those that were used. The one that every vhost has without a name is called `(default)`. */
export function parseExchanges(text: string): Collection {
  const values = jsonList(text, WHAT).flatMap((exchange) => {
    const name = jsonText(exchange, 'name');
    return jsonFigures(exchange, EXCHANGE, {
      vhost: jsonText(exchange, 'vhost'),
      exchange: name === '' ? '(default)' : name,
    });
  });
  return { values };
}

/** `/api/queues`: a page, or all of them; no more than `most`. */
export function parseQueues(
  text: string,
  most = Number.POSITIVE_INFINITY,
): Collection & { readonly count: number; readonly pages: number; readonly taken: number } {
  const page = parseJson(text);
  const all = isJsonObject(page) && Array.isArray(page['items']) ? jsonItems(page, 'items') : jsonList(text, WHAT);
  const items = all.slice(0, most);
  const told = isJsonObject(page) ? page : {};
  return {
    values: items.flatMap(valuesOfQueue),
    states: items.flatMap(stateOfQueue),
    taken: items.length,
    count: Number(jsonAt(told, 'filtered_count') ?? all.length),
    pages: Number(jsonAt(told, 'page_count') ?? 1),
  };
}

/** For the golden cases. */
export const parsers = {
  overview: parseOverview,
  nodes: parseNodes,
  vhosts: parseVhosts,
  exchanges: parseExchanges,
  queues: (text: string): Collection => {
    const { values, states = [] } = parseQueues(text);
    return { values, states };
  },
};

/** How long a process has been running, ms, and its number on its machine. */
export type NodeRun = { readonly uptimeMs: number; readonly pid: string };

/** The run of the only node of a cluster; of several each has its own. */
export function runOf(text: string): NodeRun | undefined {
  const [node, ...others] = jsonList(text, WHAT);
  const uptimeMs = node === undefined || others.length > 0 ? undefined : node['uptime'];
  return node === undefined || typeof uptimeMs !== 'number' ? undefined : { uptimeMs, pid: jsonText(node, 'os_pid') };
}

function valuesOfNode(node: JsonObject): CollectedValue[] {
  if (node['running'] === false) return [];
  const labels = { node: jsonText(node, 'name') };
  const { partitions } = node;
  const cut = Array.isArray(partitions)
    ? [{ metric: 'rabbitmq_node_partitions', labels, value: partitions.length }]
    : [];
  return [...jsonFigures(node, NODE, labels), ...cut];
}

function stateOfNode(node: JsonObject): CollectedState {
  const state = node['running'] === false ? 'down' : 'running';
  return { metric: 'rabbitmq_node_state', labels: { node: jsonText(node, 'name') }, state };
}

const labelsOfQueue = (queue: JsonObject): Readonly<Record<string, string>> => ({
  vhost: jsonText(queue, 'vhost'),
  queue: jsonText(queue, 'name'),
});

function valuesOfQueue(queue: JsonObject): CollectedValue[] {
  const labels = labelsOfQueue(queue);
  // Called utilisation up to 3.8; null while the queue has no consumers.
  const capacity = queue['consumer_capacity'] ?? queue['consumer_utilisation'];
  const ratio =
    typeof capacity === 'number' ? [{ metric: 'rabbitmq_consumer_capacity_ratio', labels, value: capacity }] : [];
  return [...jsonFigures(queue, QUEUE, labels), ...ratio];
}

function stateOfQueue(queue: JsonObject): CollectedState[] {
  const state = QUEUE_STATES.find((known) => known === queue['state']);
  return state === undefined ? [] : [{ metric: 'rabbitmq_queue_state', labels: labelsOfQueue(queue), state }];
}
