import { Link } from '@tanstack/react-router';
import type { Search } from '#web/app/search.ts';
import { useSelf } from '#web/data/self.ts';
import styles from './health-bar.module.css';

/** One thin line when a part of the product does not work as it should; nothing else. */
export function HealthBar() {
  const { data } = useSelf();
  if (data === undefined || data.health.status === 'ok') return null;
  const troubles = Object.entries(data.health.parts).filter(([, { state }]) => state !== 'up' && state !== 'off');
  const text = troubles.map(([name, { state, detail }]) => `${name} is ${state}${detail === '' ? '' : `: ${detail}`}`);
  return (
    <output className={styles.bar}>
      <span aria-hidden="true">▲</span> {text.join(' · ') || `The product is ${data.health.status}`}
      <Link to="/settings" search={(search: Search) => ({ ...search, tab: 'self' })}>
        Details
      </Link>
    </output>
  );
}
