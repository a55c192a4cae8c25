import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { useBootstrap } from '#web/data/bootstrap.ts';
import { useLive } from '#web/data/data-context.ts';
import { ErrorCard } from '#web/ui/error-card.tsx';
import styles from './root.module.css';
import { Shell } from './shell/shell.tsx';
import { useTheme } from './use-theme.ts';

const AccessGate = lazy(() => import('#web/features/access/access-gate.tsx').then((m) => ({ default: m.AccessGate })));

/**
 * Decides what fills the window: the shell with a page for a user, the log-in or the first set-up in its place for
 * everybody else. The address stays, so that whoever signs in lands where they wanted to go.
 */
export function Root() {
  useTheme();
  const bootstrap = useBootstrap();
  const signedIn = bootstrap.data !== undefined && bootstrap.data.user !== null;
  useLiveWhile(signedIn);
  if (bootstrap.data === undefined) {
    return (
      <div className={styles.alone}>
        {bootstrap.error === null ? (
          <output>Starting …</output>
        ) : (
          <ErrorCard error={bootstrap.error} retry={() => void bootstrap.refetch()} />
        )}
      </div>
    );
  }
  if (!signedIn) {
    return (
      <Suspense fallback={<output>Loading …</output>}>
        <AccessGate setupRequired={bootstrap.data.setupRequired} version={bootstrap.data.version} />
      </Suspense>
    );
  }
  return (
    <Shell bootstrap={bootstrap.data}>
      <Outlet />
    </Shell>
  );
}

/** Keeps the live stream open while somebody is signed in and the tab is seen. */
function useLiveWhile(signedIn: boolean): void {
  const { client } = useLive();
  useEffect(() => {
    if (!signedIn) return;
    const onVisibility = (): void => client.setPaused(document.visibilityState === 'hidden');
    const onOnline = (): void => client.retryNow();
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('online', onOnline);
    client.start();
    onVisibility();
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('online', onOnline);
      client.stop();
    };
  }, [client, signedIn]);
}
