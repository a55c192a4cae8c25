import { useSelf } from '#web/data/self.ts';
import {
  graphiteTarget,
  httpSampleCommand,
  loadLoopCommand,
  oneSampleCommand,
  renderCommand,
} from '#web/data/send-commands.ts';
import { Command } from '#web/ui/command.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { LogShippersPanel } from './log-shippers-panel.tsx';
import styles from './settings-page.module.css';

/** How data gets in and out: commands that work as they are. */
export function SendTab() {
  const self = useSelf();
  const target = graphiteTarget(self.data, location.hostname);
  return (
    <div className={styles.stack}>
      <LogShippersPanel />
      <div className={styles.twoColumns}>
        <Panel title="Graphite, one line" note="path value seconds">
          <Command label="Graphite command" text={oneSampleCommand(target)} />
        </Panel>
        <Panel title="Graphite with labels" note="name;label=value">
          <Command label="Graphite command with labels" text={loadLoopCommand(target)} />
        </Panel>
        <Panel title="Graphite over HTTP" note="answered once it is durable">
          <Command label="HTTP command" text={httpSampleCommand(location.origin)} />
        </Panel>
        <Panel title="Read it back" note="Graphite render API">
          <Command label="render command" text={renderCommand(location.origin)} />
        </Panel>
        <Panel title="SQL" note="read-only, over samples, series, logs, events">
          <Command
            label="SQL command"
            text={`curl -s -H "Authorization: Bearer $NOCMATE_TOKEN" --data 'SELECT count() FROM samples' '${location.origin}/api/sql?format=json'`}
          />
        </Panel>
        <p className={styles.quiet}>
          {target.isLoopback
            ? 'Inputs listen on this machine only. Start with --listen, or set NOCMATE_GRAPHITE, to take data from others.'
            : `Inputs take data from the network at ${target.host}, port ${target.port}.`}
        </p>
      </div>
    </div>
  );
}
