import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import styles from './palette.module.css';
import { filterItems, type PaletteItem } from './palette-items.ts';
import type { Overlay } from './shell.tsx';
import { usePaletteItems } from './use-palette-items.ts';

type PaletteProps = { readonly onClose: () => void; readonly onOverlay: (overlay: Overlay) => void };

/** Goes to any page, host or metric, and runs any action, by a few letters. */
export function Palette({ onClose, onOverlay }: PaletteProps) {
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const items = filterItems(usePaletteItems(onOverlay), typed);
  const at = Math.min(active, items.length - 1);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => dialog.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }), [at]);
  const run = (item: PaletteItem | undefined): void => {
    if (item === undefined) return;
    onClose();
    item.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Enter') run(items[at]);
    else if (step !== 0) setActive((at + step + items.length) % Math.max(1, items.length));
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label="Search or run a command"
      onCancel={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className={styles.field}>
        <IconSearch size={16} aria-hidden="true" />
        <input
          className={styles.input}
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={items.length === 0 ? undefined : `palette-${at}`}
          aria-label="Page, host, metric or action"
          placeholder="Page, host, metric or action"
          value={typed}
          spellCheck={false}
          autoFocus
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>Esc</kbd>
      </div>
      <PaletteList items={items} active={at} onRun={run} />
    </dialog>
  );
}

type ListProps = {
  readonly items: readonly PaletteItem[];
  readonly active: number;
  readonly onRun: (item: PaletteItem) => void;
};

function PaletteList({ items, active, onRun }: ListProps) {
  if (items.length === 0) return <p className={styles.none}>Nothing has this name</p>;
  return (
    <div id="palette-list" role="listbox" aria-label="Found" className={styles.list}>
      {items.map((item, index) => (
        <div
          key={item.id}
          id={`palette-${index}`}
          role="option"
          aria-selected={index === active}
          className={styles.item}
          onClick={() => onRun(item)}
        >
          <span className={styles.group}>{item.group === items[index - 1]?.group ? '' : item.group}</span>
          <span className={styles.label}>{item.label}</span>
          {item.hint !== undefined && <kbd>{item.hint}</kbd>}
        </div>
      ))}
    </div>
  );
}
