import type { ButtonHTMLAttributes, Ref } from 'react';
import styles from './button.module.css';

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** `solid` for the one main action, `quiet` for toolbars and icons, `danger` for what destroys. */
  readonly look?: 'plain' | 'solid' | 'quiet' | 'danger';
  readonly ref?: Ref<HTMLButtonElement>;
};

/** A button; `type` is `button` unless said otherwise. An icon alone needs an `aria-label`. */
export function Button({ look = 'plain', className = '', type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={`${styles.button} ${styles[look]} ${className}`} {...rest} />;
}

/** The classes of a button, for links that look like one. */
export function buttonClass(look: NonNullable<ButtonProps['look']> = 'plain'): string {
  return `${styles.button} ${styles[look]}`;
}
