import { useEffect, useState } from 'react';
import styles from './section-rail.module.css';

type Section = { readonly id: string; readonly title: string };

/** Jumps to the sections of the page and marks the one that is looked at. */
export function SectionRail({ sections }: { readonly sections: readonly Section[] }) {
  const active = useSectionInView(sections.map(({ id }) => id).join(' '));
  return (
    <nav className={styles.rail} aria-label="Sections">
      {sections.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          className={styles.link}
          aria-current={id === active ? 'true' : undefined}
          onClick={() => document.getElementById(id)?.scrollIntoView({ block: 'start' })}
        >
          {title}
        </button>
      ))}
    </nav>
  );
}

/** The first section that is in the upper half of the window. */
function useSectionInView(ids: string): string {
  const [first = ''] = ids.split(' ');
  const [active, setActive] = useState(first);
  useEffect(() => {
    const inView = new Set<string>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) inView.add(target.id);
          else inView.delete(target.id);
        }
        const topmost = ids.split(' ').find((id) => inView.has(id));
        if (topmost !== undefined) setActive(topmost);
      },
      { rootMargin: '-60px 0px -50% 0px' },
    );
    for (const id of ids.split(' ')) {
      const element = document.getElementById(id);
      if (element !== null) observer.observe(element);
    }
    return () => observer.disconnect();
  }, [ids]);
  return active;
}
