import { epochMs } from '#core/timestamps/epoch.ts';
import { TimestampReader } from '#core/timestamps/timestamp-reader.ts';
import { createZone } from '#core/timestamps/zone.ts';

/** Reads a field that holds a time: ms since the epoch with fractions, undefined where it holds none. */
export type LogTimeReader = (value: string, now: number) => number | undefined;

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Numbers are s, ms, µs or ns since the epoch, by their size; texts any common form, UTC where they name no zone. */
export function createLogTimeReader(): LogTimeReader {
  const times = new TimestampReader(createZone('UTC'));
  return (value, now) => {
    const text = value.trim();
    const t = NUMBER.test(text) ? epochMs(Number(text)) : times.readWhole(text, now);
    return Number.isFinite(t) && text !== '' ? t : undefined;
  };
}
