import { useState } from 'react';
import { Logo } from '#web/app/shell/logo.tsx';
import styles from './access.module.css';
import { LoginForm } from './login-form.tsx';
import { SetupForm } from './setup-form.tsx';
import { tokenOfHash } from './setup-token.ts';

type AccessGateProps = { readonly setupRequired: boolean; readonly version: string };

/** What stands in place of every page until somebody is signed in. */
export function AccessGate({ setupRequired, version }: AccessGateProps) {
  const [token] = useState(() => tokenOfHash(location.hash));
  return (
    <main className={styles.gate}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <Logo size={26} />
          <h1>NOCMATE-Rx</h1>
        </div>
        {!setupRequired && <LoginForm usedLink={token !== undefined} />}
        {setupRequired && token !== undefined && <SetupForm token={token} />}
        {setupRequired && token === undefined && <NeedsLink />}
      </div>
      <p className={styles.version}>{version}</p>
    </main>
  );
}

function NeedsLink() {
  return (
    <div className={styles.form}>
      <p>
        <strong>Nobody has an account here yet.</strong>
      </p>
      <p className={styles.quiet}>
        Open the one-time address that the server printed when it started. It looks like{' '}
        <code>{`${location.origin}/#t=…`}</code> and creates the first administrator.
      </p>
    </div>
  );
}
