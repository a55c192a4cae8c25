const CENTRE_X = 60;
const CENTRE_Y = 60;

/** Path of a part of the half circle of a gauge (120 × 70 units), from and to as shares 0..1 of it. */
export function arcPath(from: number, to: number, radius: number): string {
  const [start, end] = [point(clamp(from), radius), point(clamp(to), radius)];
  return `M${start} A${radius} ${radius} 0 0 1 ${end}`;
}

/** The share 0..1 of a value between two ends; 0 when there is no value or no distance. */
export function shareOf(value: number, min: number, max: number): number {
  return Number.isNaN(value) || max <= min ? 0 : clamp((value - min) / (max - min));
}

function point(share: number, radius: number): string {
  const angle = Math.PI * (1 - share);
  return `${(CENTRE_X + radius * Math.cos(angle)).toFixed(2)} ${(CENTRE_Y - radius * Math.sin(angle)).toFixed(2)}`;
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
