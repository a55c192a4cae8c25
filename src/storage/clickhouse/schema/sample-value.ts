/**
 * How table `samples` keeps a value: exactly, as the integer `m` and the number `e` of its decimals, m / 10^e. Differences
 * of such integers take about half the bytes of differences of float64. Both operands are exact as float64, so that the
 * division is rounded once and gives the value back bit for bit. A value without a short decimal form (also NaN,
 * infinities and -0) has this `e`, and its float64 bits are `m`.
 */
export const FLOAT_BITS = 255;

/**
 * The bits of Prometheus' stale marker (model/value/value.go): the series has no value from this time on. A number in
 * JavaScript cannot be trusted to keep them.
 */
export const STALE_BITS = 0x7ff0000000000002n;

/** The largest `e` of a decimal. */
export const MAX_DECIMALS = 15;

/** Integers up to here are exact as float64. */
export const MAX_INTEGER = 2 ** 53;

/** The value of a row of table `samples` or of its spool files. */
export const SAMPLE_VALUE = `if(e = ${FLOAT_BITS}, reinterpretAsFloat64(m), m / intExp10(e))`;

/** The columns `m, e` of a value that SQL calculates, for a row that no encoder wrote. */
export const floatColumns = (value: string): string => `reinterpretAsInt64(toFloat64(${value})), ${FLOAT_BITS}`;
