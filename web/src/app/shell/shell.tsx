import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { Bootstrap } from '#core/api/access.ts';
import { usePreferences } from '#web/app/preferences.ts';
import { Header } from './header.tsx';
import { HealthBar } from './health-bar.tsx';
import type { Overlay } from './overlay.ts';
import { Rail } from './rail.tsx';
import styles from './shell.module.css';
import { useShellKeys } from './use-shell-keys.ts';

const Palette = lazy(() => import('./palette.tsx').then((m) => ({ default: m.Palette })));
const KeysDialog = lazy(() => import('./keys-dialog.tsx').then((m) => ({ default: m.KeysDialog })));
const PasswordDialog = lazy(() =>
  import('#web/features/access/password-dialog.tsx').then((m) => ({ default: m.PasswordDialog })),
);

/** The frame of every page: rail, header, page, and what opens over them. */
export function Shell({ bootstrap, children }: { readonly bootstrap: Bootstrap; readonly children: ReactNode }) {
  const [overlay, setOverlay] = useState<Overlay>();
  const [railOpen, setRailOpen] = useState(false);
  const collapsed = usePreferences((preferences) => preferences.railCollapsed);
  const close = (): void => setOverlay(undefined);
  useShellKeys(setOverlay);
  return (
    <div className={`${styles.shell} ${collapsed ? styles.collapsed : ''}`}>
      <a className={styles.skip} href="#main">
        Skip to the page
      </a>
      <Rail collapsed={collapsed} open={railOpen} onClose={() => setRailOpen(false)} />
      <div className={styles.column}>
        <Header user={bootstrap.user} onOverlay={setOverlay} onMenu={() => setRailOpen(true)} />
        <HealthBar />
        <main id="main" className={styles.main} tabIndex={-1}>
          {children}
        </main>
      </div>
      <Suspense fallback={null}>
        {overlay === 'palette' && <Palette onClose={close} onOverlay={setOverlay} />}
        {overlay === 'keys' && <KeysDialog onClose={close} />}
        {overlay === 'password' && <PasswordDialog onClose={close} />}
      </Suspense>
    </div>
  );
}
