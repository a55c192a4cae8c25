import { IconUser } from '@tabler/icons-react';
import type { Bootstrap } from '#core/api/access.ts';
import { THEMES, usePreferences } from '#web/app/preferences.ts';
import { useRefreshSession } from '#web/data/bootstrap.ts';
import { useApi } from '#web/data/data-context.ts';
import { Button } from '#web/ui/button.tsx';
import { Popover } from '#web/ui/popover.tsx';
import type { Overlay } from './overlay.ts';
import styles from './user-menu.module.css';

type UserMenuProps = { readonly user: Bootstrap['user']; readonly onOverlay: (overlay: Overlay) => void };

/** Who is signed in, theme, keys, password, log out. */
export function UserMenu({ user, onOverlay }: UserMenuProps) {
  const logOut = useLogOut();
  const open = (overlay: Overlay, close: () => void) => () => {
    close();
    onOverlay(overlay);
  };
  return (
    <Popover label={`User menu, ${user?.name ?? ''}`} look="quiet" align="end" button={<IconUser size={17} />}>
      {(close) => (
        <div className={styles.menu}>
          <p className={styles.who}>
            <strong>{user?.name}</strong> {user?.scope}
          </p>
          <ThemeChoice />
          <hr />
          <Button look="quiet" onClick={open('keys', close)}>
            Keyboard <kbd>?</kbd>
          </Button>
          <Button look="quiet" onClick={open('password', close)}>
            Change password
          </Button>
          <Button look="quiet" onClick={() => void logOut()}>
            Log out
          </Button>
        </div>
      )}
    </Popover>
  );
}

/** Ends the session and shows the log-in. */
export function useLogOut(): () => Promise<void> {
  const api = useApi();
  const refresh = useRefreshSession();
  return async () => {
    await api.json('/api/logout', { method: 'POST' }).catch(() => undefined);
    await refresh();
  };
}

function ThemeChoice() {
  const theme = usePreferences((preferences) => preferences.theme);
  const setTheme = usePreferences((preferences) => preferences.setTheme);
  return (
    <fieldset className={styles.themes}>
      <legend className="visually-hidden">Theme</legend>
      {THEMES.map((name) => (
        <Button key={name} aria-pressed={theme === name} onClick={() => setTheme(name)}>
          {name}
        </Button>
      ))}
    </fieldset>
  );
}
