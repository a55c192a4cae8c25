import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { focusOnMount } from '#web/ui/focus-on-mount.ts';
import { useModal } from '#web/ui/use-modal.ts';
import type { Overlay } from './overlay.ts';
import styles from './palette.module.css';
import { filterItems, type PaletteItem } from './palette-items.ts';
import { usePaletteItems } from './use-palette-items.ts';

type PaletteProps = { readonly onClose: () => void; readonly onOverlay: (overlay: Overlay) => void };

/** Goes to any page, host or metric, and runs any action, by a few letters. */
export function Palette({ onClose, onOverlay }: PaletteProps) {
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const dialog = useModal(onClose);
  const items = filterItems(usePaletteItems(onOverlay), typed);
  const at = Math.min(active, items.length - 1);
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
    <dialog ref={dialog} className={styles.palette} aria-label="Search or run a command">
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
          ref={focusOnMount}
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
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the list of a combobox (WAI-ARIA APG) with groups and hints
    <div id="palette-list" role="listbox" aria-label="Found" className={styles.list}>
      {items.map((item, index) => (
        <button
          key={item.id}
          type="button"
          id={`palette-${index}`}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option of the list above
          role="option"
          tabIndex={-1}
          ref={index === active ? scrollIntoNearest : undefined}
          aria-selected={index === active}
          className={styles.item}
          onClick={() => onRun(item)}
        >
          <span className={styles.group}>{item.group === items[index - 1]?.group ? '' : item.group}</span>
          <span className={styles.label}>{item.label}</span>
          {item.hint !== undefined && <kbd>{item.hint}</kbd>}
        </button>
      ))}
    </div>
  );
}

function scrollIntoNearest(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}
