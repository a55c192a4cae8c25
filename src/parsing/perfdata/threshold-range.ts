/** When a value alerts (guidelines for plugins of Monitoring Plugins, "Threshold and Ranges"). */
export type ThresholdRange = {
  /** -Infinity: no lower end. */
  readonly low: number;
  /** Infinity: no upper end. */
  readonly high: number;
  /** Alerts from `low` to `high` inclusive (`@`); else outside of them. */
  readonly alertsInside: boolean;
};

const RANGE = /^(@?)(?:(~|[-+.\deE]*):)?([-+.\deE]*)$/;

/** Reads `10`, `10:`, `~:10`, `10:20`, `@10:20`; undefined for what is none. */
export function parseThresholdRange(text: string): ThresholdRange | undefined {
  const [matched, at = '', start, end = ''] = RANGE.exec(text.trim()) ?? [];
  if (matched === undefined || matched === '' || matched === '@') return undefined;
  const low = start === undefined || start === '' ? 0 : start === '~' ? -Infinity : Number(start);
  const high = end === '' ? Infinity : Number(end);
  if (Number.isNaN(low) || Number.isNaN(high) || low > high) return undefined;
  return { low, high, alertsInside: at !== '' };
}

/** True when a value alerts. */
export function alerts(value: number, { low, high, alertsInside }: ThresholdRange): boolean {
  return (low <= value && value <= high) === alertsInside;
}
