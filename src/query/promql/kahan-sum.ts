/** A sum that keeps what rounding lost (Kahan–Babuška–Neumaier), as Prometheus sums. */
export class KahanSum {
  /** The sum as rounded so far. */
  rounded: number;
  /** What rounding lost. */
  lost: number;

  constructor(rounded = 0, lost = 0) {
    this.rounded = rounded;
    this.lost = lost;
  }

  add(value: number): void {
    const sum = this.rounded + value;
    if (Math.abs(sum) === Infinity) this.lost = 0;
    else if (Math.abs(this.rounded) >= Math.abs(value)) this.lost += this.rounded - sum + value;
    else this.lost += value - sum + this.rounded;
    this.rounded = sum;
  }

  /** The sum; infinite once it overflowed. */
  get value(): number {
    return Math.abs(this.rounded) === Infinity ? this.rounded : this.rounded + this.lost;
  }
}
