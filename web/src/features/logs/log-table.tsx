import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { LogDetail } from './log-detail.tsx';
import { LogLine } from './log-line.tsx';
import type { LogList, LogListState } from './log-list.ts';
import styles from './log-table.module.css';
import type { LogView } from './use-log-view.ts';

const ROW_PX = 24;
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
  const { columns } = view;
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises this component
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: OVERSCAN,
  });
  const items = virtualizer.getVirtualItems();
  const lastSeen = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastSeen >= rows.length - AHEAD) list.more();
  }, [list, hasMore, lastSeen, rows.length]);
  const hold = (): void => list.hold(open.size > 0 || (box.current?.scrollTop ?? 0) > READING_PX);
  useEffect(hold);
  const toggle = (id: string): void => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const toNewest = (): void => {
    setOpen(new Set());
    virtualizer.measure();
    list.hold(false);
    box.current?.scrollTo({ top: 0 });
  };
  const template = `28px var(--time) ${columns.map(widthOf).join(' ')}`;
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
        style={{ '--columns': template } as Record<string, string>}
      >
        <table
          aria-label="Log lines"
          aria-rowcount={hasMore ? -1 : rows.length + 1}
          className={styles.table}
          style={{ height: virtualizer.getTotalSize() + HEAD_PX }}
        >
          <thead className={styles.head}>
            <Head view={view} />
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

function Head({ view: { columns, order, setOrder } }: { readonly view: LogView }) {
  const isNewest = order === 'newest';
  return (
    <tr className={styles.line}>
      <th scope="col">
        <span className="visually-hidden">details</span>
      </th>
      <th scope="col" aria-sort={isNewest ? 'descending' : 'ascending'}>
        <button type="button" className={styles.sort} onClick={() => setOrder(isNewest ? 'oldest' : 'newest')}>
          time {isNewest ? '↓' : '↑'}
        </button>
      </th>
      {columns.map((name) => (
        <th key={name} scope="col">
          {name}
        </th>
      ))}
    </tr>
  );
}

function widthOf(column: string, index: number, columns: readonly string[]): string {
  if (column === 'message') return 'minmax(260px, 1fr)';
  if (column === 'level') return '68px';
  return index === columns.length - 1 && !columns.includes('message') ? 'minmax(120px, 1fr)' : '116px';
}

/** `j` and `k` go from line to line; Enter opens the one that has the focus. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
  if (step === 0 || event.ctrlKey || event.metaKey) return;
  const toggles = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-toggle]')];
  const at = toggles.indexOf(document.activeElement as HTMLElement);
  toggles[at < 0 ? 0 : Math.min(toggles.length - 1, Math.max(0, at + step))]?.focus();
  event.preventDefault();
}
