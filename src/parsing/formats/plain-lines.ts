import { severityOf } from '#core/model/log-severity.ts';
import { logfmtPairs } from '#parsing/extract/key-values.ts';
import { nameIn } from '#parsing/field-names.ts';
import type { LogFormat } from '#parsing/log-format.ts';

const NAMES: Readonly<Record<string, string>> = {
  caller: 'log.origin.file.name',
  logger: 'log.logger',
  component: 'log.logger',
  err: 'error.message',
  error: 'error.message',
  method: 'http.request.method',
  path: 'url.path',
  status: 'http.response.status_code',
}; // prettier-ignore

/** logfmt (`ts=… level=info msg="…"`): Go's services, Grafana, Prometheus, Heroku. */
export const logfmt: LogFormat = {
  id: 'logfmt',
  read: (text, draft, { times, now }) => {
    if (!/^[A-Za-z_][\w.@-]{0,63}=/.test(text)) return false;
    let message: string | undefined;
    const isLogfmt = logfmtPairs(text, (name, value) => {
      if (/^(ts|time|timestamp|t)$/.test(name)) {
        const t = times.readWhole(value, now);
        if (!Number.isNaN(t)) {
          draft.t = t;
          return;
        }
      }
      if (/^(level|lvl|severity)$/.test(name)) {
        draft.severity = severityOf(value);
        return draft.put('log.level', value);
      }
      if (/^(msg|message)$/.test(name) && message === undefined) {
        message = value;
        return;
      }
      if (/^trace_?id$/i.test(name) && /^[0-9a-f]{32}$/i.test(value)) draft.traceId = value.toLowerCase();
      else if (/^span_?id$/i.test(name) && /^[0-9a-f]{16}$/i.test(value)) draft.spanId = value.toLowerCase();
      else if (/^(service|app|application)$/.test(name) && draft.service === '' && value.length <= 255)
        draft.service = value;
      else draft.put(nameIn(NAMES, name) ?? name, value);
    });
    if (message !== undefined) draft.body = message;
    return isLogfmt;
  },
};

const LEVEL =
  /^\]?[ :]+(?:-+ +)?(?:\[[^\]]{0,40}\] +)?[[(<]?(trace|debug|info|information|notice|warn|warning|error|err|fatal|critical|crit|panic|severe|alert|emerg)[\])>]?[ :|-]+/i;
const GLOG = /^([IWEF])(\d\d)(\d\d) (\d\d:\d\d:\d\d\.\d{6}) +(\d+) ([\w.-]+:\d+)\] /;

/** A line of which only the time, and perhaps the level, is understood; it stays whole. klog's and glog's lines too. */
export const timedLine: LogFormat = {
  id: 'timed',
  read: (text, draft, { times, now }) => {
    const glog = GLOG.exec(text.slice(0, 120));
    if (glog !== null) {
      const [whole, level = '', month, day, clock, thread, file] = glog;
      draft.t = times.readWhole(`${new Date(now).getUTCFullYear()}-${month}-${day} ${clock}`, now);
      draft.severity = severityOf(level);
      draft.put('log.level', level);
      draft.put('process.thread.id', thread);
      draft.put('log.origin.file.name', file);
      draft.body = text.slice(whole.length);
      return true;
    }
    const open = text.charCodeAt(0) === 91 || text.charCodeAt(0) === 40 ? 1 : 0;
    const t = times.read(text, open, now);
    if (Number.isNaN(t)) return false;
    draft.t = t;
    const level = LEVEL.exec(text.slice(times.end, times.end + 80))?.[1];
    if (level === undefined) return true;
    draft.severity = severityOf(level);
    draft.put('log.level', level);
    return true;
  },
};
