import { readdir, readFile } from 'node:fs/promises';
import type { CollectedValue } from '#core/plugin/collector.ts';
import type { Gathered } from './gathered.ts';

type Reading = { readonly chip: string; readonly sensor: string; readonly millidegrees: number };

/** Values of the readings. Sensors of two chips with one name (two NVMe disks) are told apart by the chip's folder. */
export function temperatureValues(readings: readonly Reading[]): CollectedValue[] {
  const times = Map.groupBy(readings, ({ sensor }) => sensor);
  return readings
    .filter(({ millidegrees }) => Number.isFinite(millidegrees))
    .map(({ chip, sensor, millidegrees }) => ({
      metric: 'system_temperature_celsius',
      labels: { sensor: (times.get(sensor)?.length ?? 0) > 1 ? `${sensor} (${chip})` : sensor },
      value: millidegrees / 1_000,
    }));
}

/** Temperatures of the hwmon chips, or of the thermal zones where there are none; nothing on most virtual machines. */
export async function gatherTemperature(sysPath: string): Promise<Gathered> {
  const chips = await readChips(`${sysPath}/class/hwmon`);
  const readings = chips.length > 0 ? chips : await readZones(`${sysPath}/class/thermal`);
  return { values: temperatureValues(readings), problems: [] };
}

async function readChips(folder: string): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (const chip of await namesIn(folder)) {
    const name = (await textOf(`${folder}/${chip}/name`)) ?? chip;
    for (const file of await namesIn(`${folder}/${chip}`)) {
      const [, input] = /^(temp\d+)_input$/.exec(file) ?? [];
      if (input === undefined) continue;
      const value = await textOf(`${folder}/${chip}/${file}`);
      const label = (await textOf(`${folder}/${chip}/${input}_label`)) ?? input;
      if (value !== undefined) readings.push({ chip, sensor: `${name} ${label}`, millidegrees: Number(value) });
    }
  }
  return readings;
}

async function readZones(folder: string): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (const zone of (await namesIn(folder)).filter((name) => name.startsWith('thermal_zone'))) {
    const value = await textOf(`${folder}/${zone}/temp`);
    const sensor = (await textOf(`${folder}/${zone}/type`)) ?? zone;
    if (value !== undefined) readings.push({ chip: zone, sensor, millidegrees: Number(value) });
  }
  return readings;
}

/** Sorted; empty when the folder is absent. */
async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = await readdir(folder).catch(() => []);
  return names.sort();
}

/** Undefined when absent, and for sensors that answer with an error while switched off. */
async function textOf(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.trim() === '' ? undefined : text.trim();
}
