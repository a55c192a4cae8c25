/** How a series asks to be drawn in pictures; no other answer shows it. */
export type Drawing = {
  /** As written: a name or hexadecimal digits. */
  readonly color?: string;
  /** 0–1. */
  readonly alpha?: number;
  /** Pixels. */
  readonly lineWidth?: number;
  /** Length of dashes, pixels. */
  readonly dashed?: number;
  /** The stack that the values have been added up in. */
  readonly stack?: string;
  readonly secondYAxis?: true;
  readonly drawAsInfinite?: true;
  /** The lower or the upper edge of an area. */
  readonly edge?: 'lower' | 'upper';
};
