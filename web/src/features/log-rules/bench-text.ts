/** A time of a step: `3.2 µs`, `1.4 ms`. */
export function microsText(micros: number): string {
  if (micros >= 1_000) return `${(micros / 1_000).toFixed(1)} ms`;
  return `${micros >= 100 ? Math.round(micros) : micros.toFixed(1)} µs`;
}
