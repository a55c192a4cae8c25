/** How a unit of perfdata becomes a base unit: its name as metrics have it, and what the value is multiplied with. */
export type BaseUnit = { readonly unit: string; readonly factor: number; readonly isCounter: boolean };

const PREFIXES = [
  ['', 1],
  ...[...'KMGTPE'].map((letter, i) => [letter, 1_000 ** (i + 1)] as const),
  ...[...'KMGTPE'].map((letter, i) => [`${letter}i`, 1_024 ** (i + 1)] as const),
] as const;

const base = (unit: string, factor = 1): BaseUnit => ({ unit, factor, isCounter: false });

/** Powers of 1,000, as Icinga reads them; `KiB` and its like are of 1,024. */
const SIZES = PREFIXES.flatMap(
  ([prefix, factor]) =>
    [
      [`${prefix}B`, base('bytes', factor)],
      [`${prefix}b`, base('bytes', factor / 8)],
      [`${prefix}B/s`, base('bytes_per_second', factor)],
      [`${prefix}b/s`, base('bytes_per_second', factor / 8)],
    ] as const,
);

const UNITS: ReadonlyMap<string, BaseUnit> = new Map<string, BaseUnit>([
  ['', base('')],
  ['c', { unit: '', factor: 1, isCounter: true }],
  ['%', base('ratio', 0.01)],
  ['ns', base('seconds', 1e-9)],
  ['us', base('seconds', 1e-6)],
  ['ms', base('seconds', 1e-3)],
  ['s', base('seconds')],
  ['m', base('seconds', 60)],
  ['h', base('seconds', 3_600)],
  ['d', base('seconds', 86_400)],
  ['C', base('celsius')],
  ['mV', base('volts', 1e-3)],
  ['V', base('volts')],
  ['mW', base('watts', 1e-3)],
  ['W', base('watts')],
  ['kW', base('watts', 1e3)],
  ...SIZES,
  // The prefix for 1,000 is a small letter, though hardly anybody writes it so.
  ...SIZES.filter(([name]) => /^K[Bb]/.test(name)).map(([name, unit]) => [`k${name.slice(1)}`, unit] as const),
]);

/** The base unit of a unit as plugins write it; one that is not known keeps its values as they are. */
export function baseUnitOf(unit: string): BaseUnit {
  return UNITS.get(unit) ?? base('');
}
