import { Link } from '@tanstack/react-router';
import type { SelfStatus } from '#core/api/status.ts';
import type { Search } from '#web/app/search.ts';
import { graphiteTarget, loadLoopCommand, oneSampleCommand, renderCommand } from '#web/data/send-commands.ts';
import { Command } from '#web/ui/command.tsx';
import styles from './first-steps.module.css';

/** While only this host is known: three ways on, each one command. */
export function FirstSteps({ self }: { readonly self: SelfStatus | undefined }) {
  const target = graphiteTarget(self, location.hostname);
  return (
    <section className={styles.steps} aria-label="First steps">
      <article className={styles.step}>
        <h2>Send a metric</h2>
        <p>Any Graphite sender works as it is. One line:</p>
        <Command label="command that sends a metric" text={oneSampleCommand(target)} />
      </article>
      <article className={styles.step}>
        <h2>Add a host</h2>
        <p>
          Run this on another machine; it shows up under Hosts.
          {target.isLoopback && (
            <>
              {' '}
              First open the listener: start with <code>--listen</code>.
            </>
          )}
        </p>
        <Command label="command that adds a host" text={loadLoopCommand(target)} />
      </article>
      <article className={styles.step}>
        <h2>Read it from elsewhere</h2>
        <p>
          Grafana and scripts use the Graphite API with a{' '}
          <Link to="/settings" search={(search: Search) => ({ ...search, tab: 'access' })}>
            token
          </Link>
          .
        </p>
        <Command label="command that reads a metric" text={renderCommand(location.origin)} />
      </article>
    </section>
  );
}
