import { severityOf } from '#core/model/log-severity.ts';
import type { LogDraft } from '#parsing/log-draft.ts';
import type { LogFormat } from '#parsing/log-format.ts';

const HEAD = /^\]\[([A-Z]+) *\]\[([^\]]*?) *\] ?/;
const NODE = /^\[([^\]]*)\] /;

/** Elasticsearch's, OpenSearch's and Logstash's `[time][LEVEL][component] [node] text`. */
export const elasticStack: LogFormat = {
  id: 'elasticsearch',
  read: (text, draft, { times, now }) => {
    const t = times.read(text, 1, now);
    const match = Number.isNaN(t) ? null : HEAD.exec(text.slice(times.end, times.end + 300));
    if (match === null) return false;
    const [head, level = '', component = ''] = match;
    draft.t = t;
    draft.severity = severityOf(level);
    draft.put('log.level', level);
    draft.put('log.logger', component);
    const rest = text.slice(times.end + head.length);
    const isLogstash = /^(?:org\.)?logstash\b|^filewatch\b/.test(component);
    draft.service ||= isLogstash ? 'logstash' : 'elasticsearch';
    draft.body = isLogstash ? readLogstash(rest, draft) : readElasticsearch(rest, draft);
    return true;
  },
};

function readLogstash(rest: string, draft: LogDraft): string {
  const pipeline = /^\[([^\]]+)\] ?/.exec(rest.slice(0, 200));
  draft.put('logstash.pipeline_id', pipeline?.[1]);
  return pipeline === null ? rest : rest.slice(pipeline[0].length);
}

function readElasticsearch(text: string, draft: LogDraft): string {
  let rest = text;
  const node = NODE.exec(rest.slice(0, 200));
  if (node !== null) {
    draft.put('elasticsearch.node.name', node[1]);
    rest = rest.slice(node[0].length);
  }
  const gc = /^\[gc\](?:\[(\w+)\]\[(\d+)\])?\[(\d+)\] /.exec(rest.slice(0, 80));
  if (gc !== null) {
    draft.put('elasticsearch.gc.collector', gc[1]);
    draft.put('elasticsearch.gc.sequence', gc[2]);
    draft.put(gc[1] === undefined ? 'elasticsearch.gc.overhead_seq' : 'elasticsearch.gc.collections', gc[3]);
    return rest.slice(gc[0].length);
  }
  return putIndex(rest, draft);
}

/** `[index/uuid] text`, `[index] creating index`: the index that the text is about. */
export function putIndex(text: string, draft: LogDraft): string {
  const index = /^\[([^\]/\s@]+)(?:\/([\w-]+))?\](?:\[(\d+)\])? /.exec(text.slice(0, 300));
  if (index === null) return text;
  draft.put('elasticsearch.index.name', index[1]);
  draft.put('elasticsearch.index.id', index[2]);
  draft.put('elasticsearch.shard', index[3]);
  return text.slice(index[0].length);
}

const KAFKA = /^\] \[?([A-Z]+) *\]? (?:\[([\w-]+)\] \[([\w.$]+)\] - )?(?:\[([^\]]+)\]:? )?/;
const KAFKA_CLASS = / \(([\w.$]+)\)(?:\n([\s\S]*))?$/;

/** Kafka's `[time] LEVEL [component] text (class)`. */
export const kafka: LogFormat = {
  id: 'kafka',
  read: (text, draft, { times, now }) => {
    const t = times.read(text, 1, now);
    const match = Number.isNaN(t) ? null : KAFKA.exec(text.slice(times.end, times.end + 400));
    if (match === null) return false;
    const [head, level = '', thread, logger, component] = match;
    const rest = text.slice(times.end + head.length);
    const trace = rest.indexOf('\n');
    const tail = KAFKA_CLASS.exec(rest.slice(Math.max(0, (trace < 0 ? rest.length : trace) - 300)));
    if (severityOf(level) === 0 || (tail === null && logger === undefined)) return false;
    draft.t = t;
    draft.service ||= 'kafka';
    draft.severity = severityOf(level);
    draft.put('log.level', level);
    draft.put('log.logger', logger ?? tail?.[1]);
    draft.put('kafka.component', component);
    draft.put('process.thread.name', thread);
    draft.body = tail === null ? rest : rest.slice(0, rest.length - tail[0].length);
    const exception = /^([\w.$]+(?:Exception|Error)): ([^\n]*)/.exec(tail?.[2] ?? '');
    draft.put('exception.type', exception?.[1]);
    draft.put('exception.message', exception?.[2]);
    draft.put('exception.stacktrace', tail?.[2]);
    return true;
  },
};
