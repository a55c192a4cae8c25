import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import styles from './popover.module.css';
import { useEscape } from './use-escape.ts';

export type PopoverProps = {
  readonly label: string;
  /** The inside of the button. */
  readonly button: ReactNode;
  readonly look?: ButtonProps['look'];
  readonly className?: string | undefined;
  readonly align?: 'start' | 'end';
  /** Content; call `close` after a choice. */
  readonly children: (close: () => void) => ReactNode;
};

/** A button and what it opens below itself. Escape or a click elsewhere closes; the focus returns to the button. */
export function Popover({ label, button, look = 'plain', className = '', align = 'start', children }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const [trigger, setTrigger] = useState<HTMLButtonElement | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const close = (): void => {
    setOpen(false);
    trigger?.focus();
  };
  useEscape(open, close);
  useEffect(() => {
    if (!open) return;
    const onPointer = (event: PointerEvent): void => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) setOpen(false);
    };
    document.addEventListener('pointerdown', onPointer);
    return () => document.removeEventListener('pointerdown', onPointer);
  }, [open]);
  return (
    <div ref={root} className={styles.root}>
      <Button
        ref={setTrigger}
        look={look}
        className={className}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {button}
      </Button>
      {open && (
        <dialog open className={`${styles.popup} ${styles[align]}`} aria-label={label}>
          {children(close)}
        </dialog>
      )}
    </div>
  );
}
