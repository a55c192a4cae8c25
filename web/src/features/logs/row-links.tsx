import { Link, useSearch } from '@tanstack/react-router';
import type { LogRow } from '#core/api/logs.ts';
import { printScope } from '#web/app/scope/scope.ts';
import { printSearch } from '#web/app/search.ts';
import { fixedRange } from '#web/app/time/time-range.ts';
import { buttonClass } from '#web/ui/button.tsx';
import { CopyButton } from '#web/ui/copy-button.tsx';
import styles from './log-detail.module.css';
import type { LogView } from './use-log-view.ts';

const AROUND_MS = 5 * 60_000;
/** Of a line in a link. */
const MAX_LINE = 4_000;

/** Where a line leads to, at its time: its host, its metrics, what happened, its trace, and a link to itself. */
export function RowLinks({ row, view }: { readonly row: LogRow; readonly view: LogView }) {
  const { id, t, host, traceId } = row;
  const scope = useSearch({ strict: false, select: (search) => search.scope });
  const around = fixedRange({ fromMs: t - AROUND_MS, toMs: t + AROUND_MS });
  const own = { ...around, scope, q: view.text, columns: view.columns.join(','), row: id };
  return (
    <>
      {host !== '' && (
        <>
          <Link to="/hosts/$host" params={{ host }} search={around} className={buttonClass()}>
            Host then
          </Link>
          <Link
            to="/explore"
            search={{ ...around, scope: printScope([{ label: 'host', op: '=', value: host }]) }}
            className={buttonClass()}
          >
            Metrics then
          </Link>
          <Link to="/timeline" search={{ ...around, host }} className={buttonClass()}>
            Events then
          </Link>
        </>
      )}
      {traceId !== '' && (
        <Link to="/logs" search={{ ...around, q: `trace_id:${traceId}` }} className={buttonClass()}>
          Lines of this trace
        </Link>
      )}
      <Link to="/settings" search={ruleOf(row)} className={buttonClass()}>
        Make a rule of this line
      </Link>
      <span className={styles.copy}>
        <CopyButton text={`${location.origin}/logs${printSearch(own)}`} label="Copy a link to this line" />
        Link
      </span>
    </>
  );
}

/** The page of parsing rules with a new rule for the line's service, and the line to try it on. */
function ruleOf({ body, service, source, host }: LogRow) {
  const lines = body.slice(0, MAX_LINE).toWellFormed();
  const one = lines.includes('\n') ? '1' : undefined;
  const name = (text: string): string | undefined => text || undefined;
  const sender = { service: name(service), source: name(source), host: name(host) };
  const q = service === '' ? undefined : `service:${JSON.stringify(service)}`;
  return { tab: 'parsing', rule: 'new', samples: 'pasted', lines, one, q, ...sender };
}
