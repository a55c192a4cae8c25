import { useState } from 'react';
import type { UnwatchedPort } from '#core/api/collectors.ts';
import { Button } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/panel.tsx';
import styles from './services.module.css';

const SHOWN = 8;

type PortsPanelProps = {
  readonly ports: readonly UnwatchedPort[];
  readonly onWatch: (port: UnwatchedPort) => void;
};

/** Ports of the server's machine on which something listens that no collector knows. */
export function PortsPanel({ ports, onWatch }: PortsPanelProps) {
  const [showsAll, setShowsAll] = useState(false);
  if (ports.length === 0) return null;
  const shown = showsAll ? ports : ports.slice(0, SHOWN);
  return (
    <Panel title="Listening, and nothing collects from it" note={`${ports.length} on this host`} flush>
      <ul className={styles.ports}>
        {shown.map((port) => (
          <li key={port.port} className={styles.port}>
            <strong>{port.port}</strong>
            <span className={styles.quiet}>
              {port.program === '' ? 'a process of another user' : `${port.program}, pid ${port.pid}`}, on{' '}
              {port.addresses.join(' and ')}
            </span>
            <Button aria-label={`Check it: port ${port.port}`} onClick={() => onWatch(port)}>
              Check it
            </Button>
          </li>
        ))}
      </ul>
      {ports.length > shown.length && (
        <div className={styles.more}>
          <Button look="quiet" onClick={() => setShowsAll(true)}>
            Show all {ports.length}
          </Button>
        </div>
      )}
    </Panel>
  );
}
