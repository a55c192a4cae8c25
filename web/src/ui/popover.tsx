import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import styles from './popover.module.css';

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
export function Popover({ label, button, look = 'plain', className, align = 'start', children }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpen(false);
    trigger.current?.focus();
  };
  useEffect(() => {
    if (!open) return;
    const onPointer = (event: PointerEvent): void => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) setOpen(false);
    };
    document.addEventListener('pointerdown', onPointer);
    return () => document.removeEventListener('pointerdown', onPointer);
  }, [open]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    close();
  };
  return (
    <div ref={root} className={styles.root} onKeyDown={onKeyDown}>
      <Button
        ref={trigger}
        look={look}
        className={className ?? ''}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {button}
      </Button>
      {open && (
        <div className={`${styles.popup} ${styles[align]}`} role="dialog" aria-label={label}>
          {children(close)}
        </div>
      )}
    </div>
  );
}
