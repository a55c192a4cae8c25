/** A time zone: which instant a wall clock means. */
export type Zone = {
  readonly name: string;
  /** The instant (ms) at which this zone's wall clock shows what UTC's shows at `localMs`; of two the earlier, in a gap the later side. */
  readonly toUtc: (localMs: number) => number;
};

/** Offsets in minutes of abbreviations that mean one thing in logs. CST, IST, BST … are taken for the commonest of theirs. */
const ABBREVIATIONS: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  Z: 0,
  UT: 0,
  WET: 0,
  WEST: 60,
  CET: 60,
  CEST: 120,
  MET: 60,
  MEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  BST: 60,
  IST: 330,
  PKT: 300,
  ICT: 420,
  WIB: 420,
  HKT: 480,
  SGT: 480,
  AWST: 480,
  JST: 540,
  KST: 540,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
  BRT: -180,
  ART: -180,
  SAST: 120,
}; // prettier-ignore

/** Offset in minutes of a zone's abbreviation (`CEST`), or undefined. */
export function abbreviatedOffset(name: string): number | undefined {
  return Object.hasOwn(ABBREVIATIONS, name) ? ABBREVIATIONS[name] : undefined;
}

/** A zone by IANA name (`Europe/Berlin`), abbreviation (`CET`) or offset (`+02:00`). Throws RangeError at an unknown name. */
export function createZone(name: string): Zone {
  const fixed = fixedOffset(name);
  if (fixed !== undefined) return { name, toUtc: (localMs) => localMs - fixed * 60_000 };
  return { name, toUtc: zoneClock(name) };
}

function fixedOffset(name: string): number | undefined {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(name);
  if (match === null) return abbreviatedOffset(name.toUpperCase());
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

const HOUR = 3_600_000;

/** Offsets are asked of Intl once a quarter of an hour of wall clock and remembered: Intl takes microseconds, lines come in order. */
function zoneClock(name: string): (localMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  const offsetAt = (t: number): number => {
    const text = format.formatToParts(t).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
    return text === 'GMT' ? 0 : (fixedOffset(text.slice(3)) ?? 0) * 60_000;
  };
  const known = new Map<number, number>();
  const solve = (localMs: number): number => {
    const before = offsetAt(localMs - 26 * HOUR);
    const first = localMs - before;
    if (offsetAt(first) === before) return before;
    const second = offsetAt(localMs - offsetAt(first));
    return localMs - second < first && offsetAt(localMs - second) !== second ? before : second;
  };
  return (localMs) => {
    const slot = Math.floor(localMs / 900_000);
    let offset = known.get(slot);
    if (offset === undefined) {
      if (known.size > 4_096) known.clear();
      offset = solve(slot * 900_000);
      known.set(slot, offset);
    }
    return localMs - offset;
  };
}
