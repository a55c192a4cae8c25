/** One chart of a host: what `MetricChart` takes, made for one host name. */
export type HostChart = {
  readonly title: string;
  readonly queries: readonly HostQuery[];
  readonly unit: string;
  readonly min: number;
  readonly max?: number;
  readonly stack?: boolean;
  readonly fill?: boolean;
  /** The line told at the right of the title, and the quiet word that says which. */
  readonly figure?: string;
  readonly note?: string;
};

export type HostQuery = { readonly text: string; readonly legend: string };

/** Writes the queries of one host. */
export type HostQueries = {
  /** Per-second change of a counter, aggregated by a phrase like `sum by (x)`; each series when it is empty. */
  readonly rate: (aggregate: string, metric: string, legend: string, more?: string) => HostQuery;
  readonly plain: (metric: string, legend: string, more?: string) => HostQuery;
};

/** A label value inside a query text. */
export function quoted(value: string): string {
  return JSON.stringify(value);
}

/** The queries of a host by its name. `more` are further matchers: `cpu_mode!="idle"`. */
export function queriesOf(host: string): HostQueries {
  const matching = (metric: string, more: string): string =>
    `${metric}{host=${quoted(host)}${more === '' ? '' : `, ${more}`}}`;
  return {
    rate: (aggregate, metric, legend, more = '') => {
      const text = `rate(${matching(metric, more)})`;
      return { text: aggregate === '' ? text : `${aggregate} (${text})`, legend };
    },
    plain: (metric, legend, more = '') => ({ text: matching(metric, more), legend }),
  };
}

/** A chart of one unit from zero up. */
export function hostChart(title: string, unit: string, queries: HostQuery[], more: Partial<HostChart> = {}): HostChart {
  return { title, unit, min: 0, queries, ...more };
}

const STACK = { stack: true, fill: true } as const;

const told = (line: string): Partial<HostChart> => ({ figure: line, note: line });

/** CPU, load, memory, disk and network of a host: the first look. */
export function keyCharts({ rate, plain }: HostQueries): readonly HostChart[] {
  const byDirection = (label: string, metric: string, more?: string): HostQuery =>
    rate(`sum by (${label})`, metric, `{{${label}}}`, more);
  const cpu = rate('avg by (cpu_mode)', 'system_cpu_time_seconds_total', '{{cpu_mode}}', 'cpu_mode!="idle"');
  const memory = plain('system_memory_usage_bytes', '{{system_memory_state}}', 'system_memory_state!="free"');
  const notLoopback = 'network_interface_name!="lo"';
  const load = [plain('system_cpu_load_average_1m', '1 min'), plain('system_cpu_load_average_5m', '5 min')];
  const disk = byDirection('disk_io_direction', 'system_disk_io_bytes_total');
  const network = byDirection('network_io_direction', 'system_network_io_bytes_total', notLoopback);
  return [
    hostChart('CPU', 'ratio', [cpu], { ...STACK, max: 1, note: 'busy' }),
    hostChart('Load', '', load, told('1 min')),
    hostChart('Memory', 'bytes', [memory], { ...STACK, ...told('used') }),
    hostChart('Disk', 'bytes_per_second', [disk], told('write')),
    hostChart('Network', 'bytes_per_second', [network], told('receive')),
  ];
}
