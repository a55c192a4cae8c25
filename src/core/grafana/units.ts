/** A unit of ours for one of Grafana's; `note` says what is not the same. */
export type ConvertedUnit = { readonly unit: string; readonly note?: string; readonly decimals?: number };

const SAME: ConvertedUnit = { unit: '' };

/** Grafana's unit ids (packages/grafana-data/src/valueFormats) that have a unit of ours. */
const UNITS: Readonly<Record<string, ConvertedUnit>> = {
  none: SAME,
  short: SAME,
  locale: SAME,
  sishort: SAME,
  number: SAME,
  percent: { unit: 'percent' },
  percentunit: { unit: 'ratio' },
  bytes: { unit: 'bytes' },
  decbytes: { unit: 'decimal_bytes' },
  bits: { unit: 'bits', note: 'multiples of 1000 instead of 1024' },
  decbits: { unit: 'bits' },
  Bps: { unit: 'decimal_bytes_per_second' },
  binBps: { unit: 'bytes_per_second' },
  bps: { unit: 'bits_per_second' },
  binbps: { unit: 'bits_per_second', note: 'multiples of 1000 instead of 1024' },
  pps: { unit: 'pkt/s' },
  ops: { unit: 'per_second' },
  reqps: { unit: 'per_second' },
  rps: { unit: 'per_second' },
  wps: { unit: 'per_second' },
  iops: { unit: 'per_second' },
  eps: { unit: 'per_second' },
  cps: { unit: 'per_second' },
  mps: { unit: 'per_second' },
  recps: { unit: 'per_second' },
  rowsps: { unit: 'per_second' },
  logsps: { unit: 'per_second' },
  hertz: { unit: 'hertz' },
  rothz: { unit: 'hertz' },
  opm: { unit: 'per_minute' },
  reqpm: { unit: 'per_minute' },
  cpm: { unit: 'per_minute' },
  epm: { unit: 'per_minute' },
  rpm: { unit: 'per_minute' },
  wpm: { unit: 'per_minute' },
  mpm: { unit: 'per_minute' },
  ns: { unit: 'nanoseconds' },
  µs: { unit: 'microseconds' },
  us: { unit: 'microseconds' },
  ms: { unit: 'milliseconds' },
  s: { unit: 'seconds' },
  m: { unit: 'minutes' },
  h: { unit: 'hours' },
  d: { unit: 'days' },
  dtdurationms: { unit: 'milliseconds', note: 'a number with one unit instead of a text of several' },
  dtdurations: { unit: 'seconds', note: 'a number with one unit instead of a text of several' },
  dthms: { unit: 'seconds', note: 'a number with one unit instead of h:m:s' },
  celsius: { unit: 'celsius' },
  rotrpm: { unit: 'rpm' },
  volt: { unit: 'volts' },
  watt: { unit: 'watts' },
};

/** Units that are shown as a plain suffix: the number is not put in multiples of 1000. */
const SUFFIXES: Readonly<Record<string, string>> = {
  kbytes: 'KiB',
  mbytes: 'MiB',
  gbytes: 'GiB',
  tbytes: 'TiB',
  deckbytes: 'kB',
  decmbytes: 'MB',
  decgbytes: 'GB',
  dectbytes: 'TB',
  KBs: 'kB/s',
  MBs: 'MB/s',
  GBs: 'GB/s',
  Kbits: 'kb/s',
  Mbits: 'Mb/s',
  Gbits: 'Gb/s',
  KiBs: 'KiB/s',
  MiBs: 'MiB/s',
  GiBs: 'GiB/s',
  fahrenheit: '°F',
  kelvin: 'K',
  humidity: '%H',
  amp: 'A',
  mamp: 'mA',
  mvolt: 'mV',
  kvolt: 'kV',
  mwatt: 'mW',
  kwatt: 'kW',
  megwatt: 'MW',
  watth: 'Wh',
  kwatth: 'kWh',
  joule: 'J',
  voltamp: 'VA',
  voltampreact: 'var',
  dBm: 'dBm',
  dB: 'dB',
  ppm: 'ppm',
  lengthm: 'm',
  lengthkm: 'km',
  pressurebar: 'bar',
  pressurehpa: 'hPa',
  currencyUSD: '$',
  currencyEUR: '€',
  currencyGBP: '£',
  degree: '°',
  hex: 'hex',
  bool: '',
  bool_yes_no: '',
  bool_on_off: '',
  velocityms: 'm/s',
  velocitykmh: 'km/h',
  flops: 'FLOP/s',
};

/** Units that turn the number into something else: a suffix would be wrong. */
const TEXTS: Readonly<Record<string, string>> = {
  hex: 'hexadecimal numbers are shown as decimal ones',
  bool: 'true and false are shown as 1 and 0',
  bool_yes_no: 'yes and no are shown as 1 and 0',
  bool_on_off: 'on and off are shown as 1 and 0',
};

/** The unit for a Grafana unit id; undefined when nothing like it is known. */
export function convertUnit(id: string): ConvertedUnit | undefined {
  const [, kind, rest = ''] = /^(suffix|prefix|si|count|currency|time|dateTime\w*):?(.*)$/.exec(id) ?? [];
  if (Object.hasOwn(UNITS, id)) return UNITS[id];
  if (Object.hasOwn(TEXTS, id)) return { unit: '', note: TEXTS[id] as string };
  if (Object.hasOwn(SUFFIXES, id)) {
    const unit = SUFFIXES[id] as string;
    return { unit, note: `always in ${unit}: not put in greater or smaller units` };
  }
  if (kind === 'suffix' || kind === 'count') return { unit: rest.trim().slice(0, 40) };
  if (kind === 'prefix' || kind === 'currency') return { unit: rest.trim().slice(0, 40), note: 'behind the number' };
  if (kind === 'si')
    return { unit: rest.replace(/^[pnuµmkMGT](?=\w)/, '').slice(0, 40), note: 'without multiples of 1000' };
  return undefined;
}
