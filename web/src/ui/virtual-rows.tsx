import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import styles from './data-table.module.css';

/** Height of `--row` in the normal density, px. */
const ROW_PX = 32;

/** Rows of equal height in the page's own scroll, of which only the seen ones exist. */
export function VirtualRows({ count, row }: { readonly count: number; readonly row: (index: number) => ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  useLayoutEffect(() => {
    if (ref.current !== null) setScrollMargin(ref.current.getBoundingClientRect().top + window.scrollY);
  }, []);
  const virtualizer = useWindowVirtualizer({ count, estimateSize: () => ROW_PX, overscan: 12, scrollMargin });
  return (
    <div ref={ref} role="rowgroup" className={styles.virtual} style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map((item) => (
        <div key={item.key} role="presentation" className={styles.placed} style={{ top: item.start - scrollMargin }}>
          {row(item.index)}
        </div>
      ))}
    </div>
  );
}
