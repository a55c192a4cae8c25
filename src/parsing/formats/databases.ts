import { severityOf } from '#core/model/log-severity.ts';
import type { LogFormat } from '#parsing/log-format.ts';

const MYSQL = /^ +(?:(\d+) +)?(?:\[(\w+)\] +)?/;
const MYSQL_CODE = /^\[(MY-\d+)\] \[(\w+)\] /;

/** MySQL's and MariaDB's error log, from `161209 13:08:33 [Note]` to 8.0's codes. */
export const mysqlError: LogFormat = {
  id: 'mysql-error',
  read: (text, draft, { times, now }) => {
    const t = times.read(text, 0, now);
    if (Number.isNaN(t)) return false;
    const start = times.end;
    const match = MYSQL.exec(text.slice(start, start + 80));
    const [head = '', thread, level] = match ?? [];
    const rest = start + head.length;
    const isOld = /^\d{6} /.test(text);
    const isMysql =
      level === undefined
        ? isOld && /^(mysqld|InnoDB|Plugin|\/)/.test(text.slice(rest, rest + 10))
        : thread !== undefined || isOld || /mysql|mariadb/.test(draft.source);
    if (match === null || !isMysql || (level !== undefined && severityOf(level) === 0)) return false;
    draft.t = t;
    draft.service ||= 'mysql';
    draft.severity = severityOf(level ?? '');
    draft.put('mysql.thread_id', thread);
    draft.put('log.level', level);
    draft.body = text.slice(rest);
    const code = MYSQL_CODE.exec(draft.body.slice(0, 80));
    draft.put('event.code', code?.[1]);
    draft.put('event.provider', code?.[2]);
    return true;
  },
};

const SLOW_HOST = /^# User@Host: (\S+?)\[([^\]]*)\] @ (\S*) ?\[([^\]]*)\](?: +Id: +(\d+))?/m;
const SLOW_PAIR =
  /\b(Query_time|Lock_time|Rows_sent|Rows_examined|Rows_affected|Bytes_sent|Thread_id|Schema|QC_hit): +([^\s#]+)/g;

/** An event of MySQL's slow query log: its comment lines and the statement. */
export const mysqlSlow: LogFormat = {
  id: 'mysql-slow',
  read: (text, draft, { times, now }) => {
    if (
      !text.startsWith('# ') ||
      !/^# (?:Time|User@Host|Thread_id|Query_time): /.test(text) ||
      !text.includes('Query_time:')
    )
      return false;
    const time = /^# Time: +(.*)$/m.exec(text)?.[1] ?? /^SET timestamp=(\d+);/m.exec(text)?.[1];
    if (time !== undefined) draft.t = times.readWhole(time, now);
    draft.service ||= 'mysql';
    draft.severity = 13;
    const host = SLOW_HOST.exec(text.slice(0, 2_048));
    draft.put('user.name', host?.[2] === '' ? host[1] : host?.[2]);
    draft.put('source.address', host?.[3]);
    draft.put('source.ip', host?.[4]);
    draft.put('mysql.thread_id', host?.[5]);
    for (const [, name = '', value] of text.slice(0, 4_096).matchAll(SLOW_PAIR)) {
      draft.put(name === 'Query_time' ? 'db.query.duration' : `mysql.slowlog.${name.toLowerCase()}`, value);
    }
    const statement = text
      .slice(text.lastIndexOf('\n# ') + 1)
      .replace(/^# .*\n/, '')
      .replace(/^(?:use \w+;\n)?(?:SET timestamp=\d+;\n)?/, '');
    draft.put('db.statement', statement.trim());
    return true;
  },
};

const REDIS = /^(?:(\d+):([A-Z]|signal-handler) |\[(\d+)\] )?/;
const REDIS_LEVELS: Readonly<Record<string, string>> = { '.': 'debug', '-': 'verbose', '*': 'notice', '#': 'warning' };
const REDIS_ROLES: Readonly<Record<string, string>> = { M: 'master', S: 'slave', C: 'child', X: 'sentinel' };

/** Redis' and Valkey's log of every version. */
export const redis: LogFormat = {
  id: 'redis',
  read: (text, draft, { times, now }) => {
    const head = REDIS.exec(text.slice(0, 40));
    const [whole = '', pid, role = '', oldPid] = head ?? [];
    if (role === 'signal-handler') {
      const signal = /^\((\d+)\) /.exec(text.slice(whole.length, whole.length + 20));
      if (signal === null) return false;
      draft.t = Number(signal[1]) * 1000;
      draft.body = text.slice(whole.length + signal[0].length);
    } else {
      const t = times.read(text, whole.length, now);
      const level = REDIS_LEVELS[text[times.end + 1] ?? ''];
      if (Number.isNaN(t) || level === undefined || text[times.end] !== ' ' || text[times.end + 2] !== ' ')
        return false;
      draft.t = t;
      draft.severity = severityOf(level);
      draft.put('log.level', level);
      draft.body = text.slice(times.end + 3);
    }
    draft.service ||= 'redis';
    draft.put('process.pid', pid ?? oldPid);
    draft.put('redis.log.role', REDIS_ROLES[role]);
    return true;
  },
};

const MONGO = /^ ([FEWID]\d?) (\w+|-) +\[([^\]]*)\] /;

/** MongoDB's log before 4.4 (`I NETWORK [conn1] …`); since then it is JSON. */
export const mongodb: LogFormat = {
  id: 'mongodb',
  read: (text, draft, { times, now }) => {
    const t = times.read(text, 0, now);
    const match = Number.isNaN(t) ? null : MONGO.exec(text.slice(times.end, times.end + 200));
    if (match === null) return false;
    const [head, level = '', component, context] = match;
    draft.t = t;
    draft.service ||= 'mongodb';
    draft.severity = severityOf(level);
    draft.put('log.level', level);
    draft.put('mongodb.component', component);
    draft.put('mongodb.context', context);
    draft.body = text.slice(times.end + head.length);
    draft.put('db.query.duration', duration(/ (\d+)ms$/.exec(text.slice(-16))?.[1]));
    return true;
  },
};

const duration = (ms: string | undefined): string | undefined =>
  ms === undefined ? undefined : String(Number(ms) / 1000);

const MSSQL = /^ (spid\d+s?|Server|Logon|Backup|Starting up database) +/;

/** SQL Server's ERRORLOG (as text; it is written as UTF-16). */
export const mssql: LogFormat = {
  id: 'mssql',
  read: (text, draft, { times, now }) => {
    const t = times.read(text, 0, now);
    const match = Number.isNaN(t) ? null : MSSQL.exec(text.slice(times.end, times.end + 40));
    if (match === null) return false;
    draft.t = t;
    draft.service ||= 'mssql';
    draft.put('mssql.source', match[1]);
    draft.body = text.slice(times.end + match[0].length);
    const error = /^Error: (\d+), Severity: (\d+), State: (\d+)/.exec(draft.body.slice(0, 80));
    draft.put('error.code', error?.[1]);
    draft.put('mssql.severity', error?.[2]);
    draft.put('mssql.state', error?.[3]);
    draft.put('source.ip', /\[CLIENT: ([\da-fA-F.:]+)\]/.exec(draft.body.slice(0, 1_024))?.[1]);
    draft.put('user.name', /^Login (?:failed|succeeded) for user '([^']*)'/.exec(draft.body.slice(0, 300))?.[1]);
    const failed = error !== null || draft.body.startsWith('Login failed');
    draft.severity = failed ? (Number(error?.[2] ?? 0) >= 20 ? 21 : 17) : 9;
    return true;
  },
};
