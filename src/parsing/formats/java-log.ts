import { severityOf } from '#core/model/log-severity.ts';
import type { LogDraft } from '#parsing/log-draft.ts';
import type { LogFormat } from '#parsing/log-format.ts';

const LEVEL = '(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|SEVERE|FINE|FINER|FINEST|CONFIG|NOTICE|CRITICAL)';
const THREAD_FIRST = new RegExp(`^\\]? +\\[([^\\]]*)\\] +${LEVEL} +(?:\\[?([\\w.$]+)\\]?(?::(\\d+))?)(?: +-| *:|:)? `);
const LEVEL_FIRST = new RegExp(
  `^\\]? +\\[?${LEVEL} *\\]?(?: +(\\d+) +---)?(?: +\\[([^\\]]*)\\])?(?: +\\(([^)]*)\\))?(?: +\\[([\\w.$]+)\\]| +([\\w$]+(?:\\.[\\w$<>]+)*)(?::(\\d+))?)?(?: +\\(([^)]*)\\))?(?: *:| +-+|) `,
);
const BARE = new RegExp(`^\\]? +(?:\\[[^\\]]*\\] +)?\\[?${LEVEL}\\]?:? +`);
const JETTY = /^:(TRACE|DEBUG|INFO|WARN|ERROR|FATAL|IGNORED):([^:]*):([^:]*): /;

/**
 * Log4j, logback, Spring Boot, Tomcat, JBoss and WildFly, Jetty, Cassandra, Zookeeper: a time, a level, a thread and a class in
 * their usual orders; a stack trace below it gives the exception.
 */
export const javaLog: LogFormat = {
  id: 'java',
  read: (text, draft, tools) => {
    const cassandra = /^(TRACE|DEBUG|INFO|WARN|ERROR) +\[([^\]]+)\] (?=\d{4}-)/.exec(text.slice(0, 200));
    const start = cassandra === null ? (text.charCodeAt(0) === 91 ? 1 : 0) : cassandra[0].length;
    const t = tools.times.read(text, start, tools.now);
    if (Number.isNaN(t)) return false;
    const rest = text.slice(tools.times.end, tools.times.end + 400);
    if (cassandra !== null) {
      readCassandra(cassandra, text.slice(tools.times.end), draft);
    } else {
      const used = readParts(rest, draft);
      if (used === 0) return false;
      draft.body = text.slice(tools.times.end + used).trimStart();
    }
    draft.t = t;
    putException(text, draft);
    return true;
  },
};

function readParts(rest: string, draft: LogDraft): number {
  const jetty = JETTY.exec(rest);
  if (jetty !== null)
    return put(draft, jetty[0], { level: jetty[1], logger: jetty[2], thread: jetty[3], service: 'jetty' });
  const threadFirst = THREAD_FIRST.exec(rest);
  if (threadFirst !== null) {
    const [whole, thread, level, logger, line] = threadFirst;
    return put(draft, whole, { level, logger, thread, line });
  }
  const levelFirst = LEVEL_FIRST.exec(rest);
  if (levelFirst !== null) {
    const [whole, level, pid, first, second, bracketed, name, line, last] = levelFirst;
    const isWildfly = second !== undefined && first !== undefined;
    const logger = isWildfly ? first : (bracketed ?? name);
    if (isWildfly || name?.includes('.') === true || pid !== undefined || bracketed !== undefined) {
      draft.put('process.pid', pid);
      return put(draft, whole, { level, logger, thread: isWildfly ? second : (first ?? second ?? last), line });
    }
  }
  const bare = BARE.exec(rest);
  return bare === null ? 0 : put(draft, bare[0], { level: bare[1] });
}

type Parts = {
  level?: string | undefined;
  logger?: string | undefined;
  thread?: string | undefined;
  line?: string | undefined;
  service?: string;
};

function put(draft: LogDraft, whole: string, { level = '', logger, thread, line, service = '' }: Parts): number {
  draft.put('log.level', level);
  draft.severity = severityOf(level);
  draft.put('process.thread.name', thread?.trim());
  draft.put('log.origin.line', line);
  putLogger(draft, logger, service);
  return whole.length;
}

/** Tomcat and java.util.logging write `class.method`; servers are told by their packages. */
function putLogger(draft: LogDraft, logger: string | undefined, service: string): void {
  if (logger === undefined || logger === '') return;
  const isMethod = /\.[A-Z][\w$]*\.[a-z<]\w*>?$/.test(logger);
  const dot = logger.lastIndexOf('.');
  draft.put('log.logger', isMethod ? logger.slice(0, dot) : logger);
  if (isMethod) draft.put('log.origin.function', logger.slice(dot + 1));
  draft.service ||= service || serverOf(logger);
}

function serverOf(logger: string): string {
  if (/^org\.apache\.(catalina|coyote|tomcat|jasper)\./.test(logger)) return 'tomcat';
  if (/^org\.(jboss|wildfly)\./.test(logger)) return 'wildfly';
  if (/^org\.(eclipse|mortbay)\.jetty\./.test(logger)) return 'jetty';
  if (logger.startsWith('org.apache.zookeeper.')) return 'zookeeper';
  return '';
}

/** `INFO  [main] 2024-01-31 12:00:00,123 CassandraDaemon.java:488 - text`. */
function readCassandra(head: RegExpExecArray, rest: string, draft: LogDraft): void {
  const origin = /^ ([\w$]+\.java)(?::(\d+))? - /.exec(rest.slice(0, 200));
  draft.put('log.level', head[1]);
  draft.severity = severityOf(head[1] ?? '');
  draft.put('process.thread.name', head[2]);
  draft.put('log.origin.file.name', origin?.[1]);
  draft.put('log.origin.line', origin?.[2]);
  draft.service ||= 'cassandra';
  draft.body = rest.slice(origin?.[0].length ?? 1);
}

const EXCEPTION =
  /(?:^|\n|: )(?:Caused by: )?((?:[a-z_$][\w$]*\.)+[A-Z$][\w$]*(?:Exception|Error|Throwable|Failure))(?:: ([^\n]*))?/;

/** The exception of a stack trace and the trace itself. */
export function putException(text: string, draft: LogDraft): void {
  const trace = text.indexOf('\n\tat ') >= 0 ? text.indexOf('\n\tat ') : text.indexOf('\n    at ');
  if (trace < 0) return;
  const match = EXCEPTION.exec(text.slice(Math.max(0, trace - 2_048), trace));
  draft.put('exception.type', match?.[1]);
  draft.put('exception.message', match?.[2]);
  const first = text.indexOf('\n');
  draft.put('exception.stacktrace', text.slice(first + 1));
}

const JUL_SECOND = /^([A-Z]+): ([\s\S]*)$/;

/** java.util.logging's two lines: `Jul 30, 2020 3:00:21 PM class method` and `INFO: text`. */
export const julLog: LogFormat = {
  id: 'jul',
  read: (text, draft, { times, now }) => {
    const line = text.indexOf('\n');
    const t = line < 0 ? Number.NaN : times.read(text, 0, now);
    if (Number.isNaN(t)) return false;
    const match = JUL_SECOND.exec(text.slice(line + 1));
    const [className = '', method, ...more] = text
      .slice(times.end, Math.min(line, times.end + 400))
      .trim()
      .split(' ');
    if (match === null || severityOf(match[1] ?? '') === 0 || more.length > 0 || !/^[\w.$]+$/.test(className))
      return false;
    draft.t = t;
    put(draft, '', { level: match[1], logger: className });
    draft.put('log.origin.function', method);
    draft.body = match[2] ?? '';
    putException(text, draft);
    return true;
  },
};
