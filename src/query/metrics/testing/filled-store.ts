import { floatColumns } from '#storage/clickhouse/schema/sample-value.ts';
import { fiveMinuteSelect } from '#storage/clickhouse/schema/statements.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { type OpenStore, openStore } from './open-store.ts';

const MINUTE = 60_000;
const MANY_PARTITIONS = { settings: { max_partitions_per_insert_block: 1000 } };
/** The time the tests live in: a multiple of an hour. */
export const NOW = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000;

/** A store with some series, and what was written. */
export type Filled = OpenStore & {
  /** The temperature of host a at a time: NaN in its hole. */
  readonly temp: (t: number) => number;
  /** The values written in a span. */
  readonly tempsOf: (from: number, to: number) => number[];
};

type SeriesRow = { metric: string; labels?: Record<string, string>; path?: string; type?: number; unit?: string };

const SERIES: readonly SeriesRow[] = [
  { metric: 'temp', labels: { __name__: 'temp', host: 'a' }, type: 1, unit: 'celsius' },
  { metric: 'temp', labels: { __name__: 'temp', host: 'b' }, type: 1, unit: 'celsius' },
  { metric: 'temp', labels: { __name__: 'temp', host: 'b', rack: 'rack-1' }, type: 1, unit: 'celsius' },
  { metric: 'bytes_total', labels: { __name__: 'bytes_total', host: 'a' } },
  { metric: 'lone', labels: { __name__: 'lone' }, path: 'lone' },
  { metric: 'user', path: 'servers.web-1.cpu.user' },
  { metric: 'user', path: 'servers.web-2.cpu.user' },
  { metric: 'used', path: 'servers.web-1.disk.sda.used' },
];

const quote = (text: string): string => `'${text}'`;

function seriesValues({ metric, labels = {}, path = '', type = 0, unit = '' }: SeriesRow, index: number): string {
  const nodes = path === '' ? [] : path.split('.').map((node, i) => `g${i + 1}=${node}`);
  const kv = [...Object.entries(labels).map(([key, value]) => `${key}=${value}`), ...nodes];
  const map = Object.entries(labels).flatMap(([key, value]) => [quote(key), quote(value)]);
  const seen = `toDateTime(${NOW / 1000 - 86_400})`;
  return `(xxHash32(${quote(metric)}), ${index + 1}, ${quote(metric)}, map(${map.join(',')}), [${kv.map(quote).join(',')}], ${quote(path)}, ${type}, ${quote(unit)}, ${seen}, ${seen})`;
}

const isHole = (t: number): boolean => t >= NOW - 5 * MINUTE && t < NOW - 4 * MINUTE;
const temp = (t: number): number => (isHole(t) || t >= NOW ? Number.NaN : ((t / 10_000) % 97) + 0.5);

/** Ten days of `temp{host="a"}` and `bytes_total`, minutes of the others; the catalogue is written twice. */
export async function fillStore(): Promise<Filled> {
  const opened = await openStore();
  const { store } = opened;
  const values = SERIES.map(seriesValues).join(',');
  await store.command(`INSERT INTO nocmate.series VALUES ${values}`);
  await store.command(`INSERT INTO nocmate.series VALUES ${values}`);
  const seconds = 10 * 86_400;
  const tick = `(${NOW - seconds * 1000} + number * 10000)`;
  await insert(store, 'temp', 1, tick, `modulo(intDiv(${tick}, 10000), 97) + 0.5`, {
    rows: seconds / 10,
    where: `NOT (${tick} >= ${NOW - 5 * MINUTE} AND ${tick} < ${NOW - 4 * MINUTE})`,
  });
  await insert(store, 'bytes_total', 4, tick, 'modulo(number, 1000) * 50', { rows: seconds / 10, where: '1' });
  for (const id of [2, 3])
    await insert(store, 'temp', id, `(${NOW} - 60000 + number * 10000)`, 'number', { rows: 6, where: '1' });
  for (const value of [1, 9, 4])
    await insert(store, 'lone', 5, String(NOW - 180_000), String(value), { rows: 1, where: '1' });
  await insert(store, 'lone', 5, `(${NOW} - 120000 + number * 60000)`, '2 + number', { rows: 2, where: '1' });
  for (const id of [6, 7]) {
    await insert(store, 'user', id, `(${NOW} - 3600000 + number * 60000)`, `${id} * 100 + number`, {
      rows: 60,
      where: 'number != 30',
    });
  }
  await store.command(`INSERT INTO nocmate.samples_5m ${fiveMinuteSelect('nocmate.samples')}`, MANY_PARTITIONS);
  const tempsOf = (from: number, to: number): number[] => {
    const out: number[] = [];
    for (let t = from; t < to; t += 10_000) if (!Number.isNaN(temp(t))) out.push(temp(t));
    return out;
  };
  return { ...opened, temp, tempsOf };
}

type Rows = { readonly rows: number; readonly where: string };

function insert(store: TelemetryStore, metric: string, id: number, t: string, v: string, rows: Rows): Promise<void> {
  return store.command(
    `INSERT INTO nocmate.samples SELECT xxHash32('${metric}'), ${id}, fromUnixTimestamp64Milli(toInt64(${t})), ${floatColumns(v)} FROM numbers(${rows.rows}) WHERE ${rows.where}`,
    MANY_PARTITIONS,
  );
}
