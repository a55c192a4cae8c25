import { IconMenu2, IconSearch } from '@tabler/icons-react';
import type { Bootstrap } from '#core/api/access.ts';
import { ScopeFilter } from '#web/app/scope/scope-filter.tsx';
import { TimeBar } from '#web/app/time/time-bar.tsx';
import { Button } from '#web/ui/button.tsx';
import { Breadcrumb } from './breadcrumb.tsx';
import styles from './header.module.css';
import { LiveDot } from './live-dot.tsx';
import type { Overlay } from './overlay.ts';
import { UserMenu } from './user-menu.tsx';

type HeaderProps = {
  readonly user: Bootstrap['user'];
  readonly onOverlay: (overlay: Overlay) => void;
  readonly onMenu: () => void;
};

/** Where one is, and the one scope and time of everything below. */
export function Header({ user, onOverlay, onMenu }: HeaderProps) {
  return (
    <header className={styles.header}>
      <Button look="quiet" className={styles.menu} aria-label="Open the menu" onClick={onMenu}>
        <IconMenu2 size={18} />
      </Button>
      <Breadcrumb />
      <div className={styles.controls}>
        <ScopeFilter />
        <TimeBar />
      </div>
      <div className={styles.end}>
        <LiveDot />
        <Button className={styles.search} onClick={() => onOverlay('palette')}>
          <IconSearch size={15} aria-hidden="true" />
          <span className={styles.searchText}>Search or run</span>
          <kbd className={styles.searchText}>Ctrl K</kbd>
        </Button>
        <UserMenu user={user} onOverlay={onOverlay} />
      </div>
    </header>
  );
}
