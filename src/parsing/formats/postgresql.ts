import { severityOf } from '#core/model/log-severity.ts';
import { csvColumns } from '#parsing/extract/csv-fields.ts';
import type { LogDraft } from '#parsing/log-draft.ts';
import type { LogFormat } from '#parsing/log-format.ts';

const HEAD =
  /^ (?:\[(\d+)(?:-(\d+))?\] ?:? ?)?(?:\[(\d+)-\d+\] )?(?:(\S+?)@(\S+?) )?(?:([\w.:[\]()-]+) )?(LOG|ERROR|FATAL|PANIC|WARNING|NOTICE|INFO|DEBUG\d?|DETAIL|HINT|QUERY|CONTEXT|STATEMENT|LOCATION): +(?:([0-9A-Z]{5}): +)?/;
const QUERY = /^(?:duration: ([\d.]+) ms)?(?: *(statement|execute|parse|bind|prepare)(?: ([^:]*))?: )?/;

/** PostgreSQL's stderr log with the prefixes of Debian, RHEL and the defaults. A line with a statement stays whole. */
export const postgresql: LogFormat = {
  id: 'postgresql',
  read: (text, draft, { times, now }) => {
    const t = times.read(text, 0, now);
    const match = Number.isNaN(t) ? null : HEAD.exec(text.slice(times.end, times.end + 400));
    if (match === null) return false;
    const [head, pid, line, otherPid, user, database, client, level = '', state] = match;
    draft.t = t;
    draft.put('postgresql.log.timestamp', text.slice(0, times.end));
    draft.put('process.pid', pid ?? otherPid);
    draft.put('postgresql.log.session_line_number', line);
    draft.put('user.name', plain(user));
    draft.put('db.name', plain(database));
    draft.put('source.address', client);
    draft.put('error.sql_state', state);
    putLevel(draft, level);
    const message = text.slice(times.end + head.length);
    draft.body = putQuery(draft, message) ? text : message;
    return true;
  },
};

const plain = (name: string | undefined): string | undefined => name?.replace(/^\[(.*)\]$/, '$1');

function putLevel(draft: LogDraft, level: string): void {
  draft.service ||= 'postgresql';
  draft.severity = severityOf(level);
  draft.put('log.level', level);
}

/** Duration and statement of a message; true when it was one of those. */
function putQuery(draft: LogDraft, message: string): boolean {
  const match = QUERY.exec(message.slice(0, 400));
  const [head = '', ms, step, name] = match ?? [];
  if (ms !== undefined) draft.put('db.query.duration', String(Number(ms) / 1000));
  if (step === undefined) return ms !== undefined;
  draft.put('postgresql.log.query_step', step);
  draft.put('postgresql.log.query_name', name);
  draft.put('db.statement', message.slice(head.length));
  return true;
}

const CSV =
  'timestamp user.name db.name process.pid client postgresql.log.session_id postgresql.log.session_line_number postgresql.log.command_tag session_start postgresql.log.virtual_transaction_id postgresql.log.transaction_id level error.sql_state message postgresql.log.detail postgresql.log.hint postgresql.log.internal_query postgresql.log.internal_query_pos postgresql.log.context db.statement postgresql.log.query_pos postgresql.log.location postgresql.log.application_name postgresql.log.backend_type postgresql.log.leader_pid postgresql.log.query_id'.split(
    ' ',
  );

/** PostgreSQL's CSV log; an event may hold line breaks. */
export const postgresqlCsv: LogFormat = {
  id: 'postgresql-csv',
  read: (text, draft, { times, now }) => {
    if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]* \w+,/.test(text)) return false;
    const columns = csvColumns(text, ',', 40);
    const level = columns[11] ?? '';
    if (columns.length < 22 || severityOf(level) === 0) return false;
    draft.t = times.readWhole(columns[0] ?? '', now);
    putLevel(draft, level);
    CSV.forEach((name, i) => name.includes('.') && draft.put(name, columns[i]));
    draft.put('postgresql.log.timestamp', columns[0]);
    putSession(draft, columns, times.readWhole(columns[8] ?? '', now));
    const message = columns[13] ?? '';
    const isQuery = putQuery(draft, message);
    draft.body = isQuery ? (draft.get('db.statement') ?? message) : message;
    return true;
  },
};

function putSession(draft: LogDraft, columns: readonly string[], started: number): void {
  const client = /^(.*?)(?::(\d+))?$/.exec(columns[4] ?? '');
  draft.put('source.address', client?.[1]);
  draft.put('source.port', client?.[2]);
  if (!Number.isNaN(started)) draft.put('postgresql.log.session_start_time', new Date(started).toISOString());
}
