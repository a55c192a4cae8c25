import { Link } from '@tanstack/react-router';
import { useTime } from '#web/app/time/use-time.ts';
import { useSelf } from '#web/data/self.ts';
import { bulkCommand, syslogCommand, syslogTarget } from '#web/data/send-commands.ts';
import { Button } from '#web/ui/button.tsx';
import { Command } from '#web/ui/command.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import styles from './logs.module.css';
import type { LogView } from './use-log-view.ts';

/** Why there is no line, and the next step: another time, another query, or how to send the first one. */
export function NoLines({ view: { text, setText } }: { readonly view: LogView }) {
  const time = useTime();
  const wider = <Button onClick={time.zoomOut}>Look at twice the time</Button>;
  if (text !== '') {
    return (
      <EmptyState title="No line matches in this time" action={wider}>
        <Button onClick={() => setText('')}>Clear the query</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No log lines in this time" action={wider}>
      <SendLogs />
    </EmptyState>
  );
}

function SendLogs() {
  const self = useSelf();
  const target = syslogTarget(self.data, location.hostname);
  return (
    <>
      {target !== undefined && (
        <>
          <p>Send one over syslog, as rsyslog, syslog-ng and network devices do:</p>
          <Command label="syslog command" text={syslogCommand(target)} />
        </>
      )}
      <p>
        Or over HTTP with a token of{' '}
        <Link to="/settings" search={{ tab: 'access' }} className={styles.link}>
          Settings
        </Link>
        , as Filebeat, Fluent Bit, Logstash and Vector do:
      </p>
      <Command label="HTTP command" text={bulkCommand(location.origin)} />
    </>
  );
}
