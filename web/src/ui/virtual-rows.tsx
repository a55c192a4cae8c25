import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import styles from './data-table.module.css';

/** Height of a row, px: the table's style sheet has the same. */
const ROW_PX = 32;
const OVERSCAN = 12;

type VirtualRowsProps = { readonly count: number; readonly row: (index: number, top: number) => ReactNode };

/** Rows of equal height in the page's own scroll, of which only the seen ones exist. */
export function VirtualRows({ count, row }: VirtualRowsProps) {
  const ref = useRef<HTMLTableSectionElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  useLayoutEffect(() => {
    if (ref.current !== null) setScrollMargin(ref.current.getBoundingClientRect().top + window.scrollY);
  }, []);
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises this component
  const virtualizer = useWindowVirtualizer({ count, estimateSize: () => ROW_PX, overscan: OVERSCAN, scrollMargin });
  return (
    <tbody ref={ref} className={styles.virtual} style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ index, start }) => row(index, start - scrollMargin))}
    </tbody>
  );
}
