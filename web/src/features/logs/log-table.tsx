import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { NARROW, useMedia } from '#web/app/use-media.ts';
import { LogDetail } from './log-detail.tsx';
import { LogLine } from './log-line.tsx';
import type { LogList, LogListState } from './log-list.ts';
import styles from './log-table.module.css';
import { LogTableHead } from './log-table-head.tsx';
import { logTableLook } from './log-table-look.ts';
import { moveFocus } from './move-focus.ts';
import type { LogView } from './use-log-view.ts';

const HEAD_PX = 25;
const OVERSCAN = 12;
/** Rows from the end at which the next page is asked for. */
const AHEAD = 60;
const READING_PX = 30;

export type LogTableProps = {
  readonly list: LogList;
  readonly state: LogListState;
  readonly view: LogView;
  readonly sought: readonly string[];
};

/** Lines, of which only the seen ones exist. While somebody reads, new lines wait. */
export function LogTable({ list, state, view, sought }: LogTableProps) {
  const { rows, hasMore, waiting, fresh } = state;
  const { columns, row: linked, setRow } = view;
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(linked === undefined ? [] : [linked]));
  const times = [rows[0], rows.at(-1)].flatMap((row) => row?.t ?? []);
  const { tracks, rowPx } = logTableLook(columns, times, useMedia(NARROW));
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises this component
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: OVERSCAN,
  });
  const items = virtualizer.getVirtualItems();
  const lastSeen = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastSeen >= rows.length - AHEAD) list.more();
  }, [list, hasMore, lastSeen, rows.length]);
  const reached = useRef<string>(undefined);
  const linkedAt = linked === undefined || reached.current === linked ? -1 : rows.findIndex(({ id }) => id === linked);
  useEffect(() => {
    if (linkedAt < 0) return;
    reached.current = linked;
    virtualizer.scrollToIndex(linkedAt, { align: 'center' });
  }, [virtualizer, linked, linkedAt]);
  const hold = (): void => list.hold(open.size > 0 || (box.current?.scrollTop ?? 0) > READING_PX);
  useEffect(hold);
  const toggle = (id: string): void => {
    const next = new Set(open);
    const isShut = next.delete(id);
    if (!isShut) next.add(id);
    setOpen(next);
    reached.current = id;
    if (!isShut || id === linked) setRow(isShut ? undefined : id);
  };
  const toNewest = (): void => {
    setOpen(new Set());
    virtualizer.measure();
    list.hold(false);
    box.current?.scrollTo({ top: 0 });
  };
  return (
    <div className={styles.frame}>
      {waiting.length > 0 && (
        <button type="button" className={styles.waiting} onClick={toNewest}>
          ▲ {waiting.length.toLocaleString('en')} new
        </button>
      )}
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section
        ref={box}
        className={styles.scroll}
        aria-label="Log lines, j and k move"
        tabIndex={0}
        onScroll={hold}
        onKeyDown={moveFocus}
        style={{ '--columns': tracks, '--row': `${rowPx}px` } as Record<string, string>}
      >
        <table
          aria-label="Log lines"
          aria-rowcount={hasMore ? -1 : rows.length + 1}
          className={styles.table}
          style={{ height: virtualizer.getTotalSize() + HEAD_PX }}
        >
          <thead className={styles.head}>
            <LogTableHead view={view} />
          </thead>
          {items.map(({ key, index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const isOpen = open.has(row.id);
            return (
              <tbody
                key={key}
                className={styles.place}
                data-index={index}
                ref={isOpen ? virtualizer.measureElement : undefined}
                style={{ transform: `translateY(${start}px)` }}
              >
                <LogLine
                  {...{ row, columns, sought, isOpen, isFresh: fresh.has(row.id), onToggle: () => toggle(row.id) }}
                />
                {isOpen && <LogDetail row={row} view={view} />}
              </tbody>
            );
          })}
        </table>
      </section>
    </div>
  );
}
