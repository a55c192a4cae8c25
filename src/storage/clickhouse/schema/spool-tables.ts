/** Tables that spool files are inserted into, with the columns of their files in the order and types of the files. */
const SPOOL_TABLES = {
  samples: { family: 'UInt32', id: 'UInt64', t: 'DateTime64(3)', m: 'Int64', e: 'UInt8' },
  series: {
    family: 'UInt32',
    id: 'UInt64',
    metric: 'String',
    labels: 'Map(String, String)',
    kv: 'Array(String)',
    path: 'String',
    type: 'UInt8',
    unit: 'String',
    first_seen: 'DateTime',
    last_seen: 'DateTime',
  },
  histograms: {
    family: 'UInt32',
    id: 'UInt64',
    t: 'DateTime64(3)',
    schema: 'Int8',
    counter_reset: 'UInt8',
    count: 'Float64',
    sum: 'Float64',
    zero_threshold: 'Float64',
    zero_count: 'Float64',
    pos_offsets: 'Array(Int32)',
    pos_lengths: 'Array(UInt32)',
    pos_counts: 'Array(Float64)',
    neg_offsets: 'Array(Int32)',
    neg_lengths: 'Array(UInt32)',
    neg_counts: 'Array(Float64)',
    custom_values: 'Array(Float64)',
  },
  exemplars: { family: 'UInt32', id: 'UInt64', t: 'DateTime64(3)', v: 'Float64', labels: 'Map(String, String)' },
  metric_metadata: { metric: 'String', type: 'String', unit: 'String', help: 'String', last_seen: 'DateTime' },
  logs: {
    ts: 'DateTime64(6)',
    seq: 'UInt64',
    service: 'String',
    host: 'String',
    source: 'String',
    severity: 'UInt8',
    pattern: 'UInt64',
    trace_id: 'String',
    span_id: 'String',
    resource: 'Map(String, String)',
    attrs: 'Map(String, String)',
    body: 'String',
  },
  events: {
    ts: 'DateTime64(3)',
    kind: 'String',
    entity_id: 'UInt64',
    rule_id: 'UInt64',
    fp: 'UInt64',
    state: 'String',
    prev_state: 'String',
    severity: 'UInt8',
    value: 'Float64',
    duration_ms: 'UInt32',
    labels: 'Map(String, String)',
    message: 'String',
    data: 'String',
  },
} as const satisfies Record<string, Readonly<Record<string, string>>>;

export type SpoolTable = keyof typeof SPOOL_TABLES;

export function isSpoolTable(name: string): name is SpoolTable {
  return Object.hasOwn(SPOOL_TABLES, name);
}

/** Column names of the table's spool files, for a column list. */
export function spoolColumns(table: SpoolTable): string {
  return Object.keys(SPOOL_TABLES[table]).join(', ');
}

/**
 * Structure of the table's spool files for `file()`. Written out, so that files of an older release, which lack columns
 * added since, are still read.
 */
export function spoolStructure(table: SpoolTable): string {
  return Object.entries(SPOOL_TABLES[table])
    .map(([name, type]) => `${name} ${type}`)
    .join(', ');
}
