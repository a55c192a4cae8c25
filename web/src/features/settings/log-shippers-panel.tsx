import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { NewToken, TokenRequest } from '#core/api/access.ts';
import { useSession } from '#web/data/bootstrap.ts';
import { useApi } from '#web/data/data-context.ts';
import { logShippers, shipTarget } from '#web/data/log-shippers.ts';
import { useSelf } from '#web/data/self.ts';
import { Button } from '#web/ui/button.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { Panel } from '#web/ui/panel.tsx';
import styles from './log-shippers-panel.module.css';

/** How logs get in: what each program is told, with this server's addresses and, once it is made, a token. */
export function LogShippersPanel() {
  const self = useSelf();
  const [chosen, setChosen] = useState('curl');
  const token = useMutation({ mutationFn: useMakeToken() });
  const shippers = logShippers(shipTarget(self.data, location, token.data?.secret));
  const shipper = shippers.find(({ id }) => id === chosen) ?? shippers[0];
  const { user } = useSession();
  return (
    <Panel title="Logs" note="what each program is told">
      <div className={styles.columns}>
        <fieldset className={styles.list} aria-label="Programs that send logs">
          {shippers.map(({ id, title }) => (
            <button
              key={id}
              type="button"
              className={styles.choice}
              aria-pressed={id === shipper?.id}
              onClick={() => setChosen(id)}
            >
              {title}
            </button>
          ))}
        </fieldset>
        {shipper !== undefined && (
          <div className={styles.text}>
            <p className={styles.place}>
              In <code>{shipper.place}</code>
            </p>
            {shipper.needs !== undefined && <p className={styles.needs}>▲ {shipper.needs}</p>}
            <CodeBlock label={`${shipper.title} example`} text={shipper.text} />
            {token.data === undefined ? (
              <p className={styles.place}>
                <code>$NOCMATE_TOKEN</code> is the secret of a token that may send data.{' '}
                {user?.scope === 'admin' ? (
                  <Button disabled={token.isPending} onClick={() => token.mutate(`logs by ${shipper.id}`)}>
                    Make one
                  </Button>
                ) : (
                  'An administrator makes one.'
                )}
              </p>
            ) : (
              <p className={styles.place}>
                The token {token.data.name} stands in the texts now: it is not shown again.
              </p>
            )}
            {token.error !== null && <ErrorCard error={token.error} />}
          </div>
        )}
      </div>
    </Panel>
  );
}

function useMakeToken(): (name: string) => Promise<NewToken> {
  const api = useApi();
  return (name) => {
    const body: TokenRequest = { name, scope: 'ingest' };
    return api.json<NewToken>('/api/tokens', { method: 'POST', body });
  };
}
