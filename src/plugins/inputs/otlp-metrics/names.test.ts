import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelName, metricName, type NamedKind, unitName } from './names.ts';
import { plainDecimal } from './plain-decimal.ts';

test('metric names have words of their unit and kind, once', () => {
  const cases: readonly (readonly [name: string, unit: string, kind: NamedKind, escaped: string, utf8: string])[] = [
    [
      'http.server.request.duration',
      's',
      'other',
      'http_server_request_duration_seconds',
      'http.server.request.duration_seconds',
    ],
    ['system.memory.usage', 'By', 'gauge', 'system_memory_usage_bytes', 'system.memory.usage_bytes'],
    ['requests', '{request}', 'counter', 'requests_total', 'requests_total'],
    ['requests.total', '1', 'counter', 'requests_total', 'requests_total'],
    ['total.requests', '', 'counter', 'requests_total', 'total.requests_total'],
    ['cpu.utilization', '1', 'gauge', 'cpu_utilization_ratio', 'cpu.utilization_ratio'],
    ['cpu.utilization', '1', 'other', 'cpu_utilization', 'cpu.utilization'],
    ['disk.io', 'By/s', 'gauge', 'disk_io_bytes_per_second', 'disk.io_bytes_per_second'],
    ['disk.io', '{op}/s', 'gauge', 'disk_io_per_second', 'disk.io_per_second'],
    ['disk.io', 'By/{op}', 'gauge', 'disk_io_bytes', 'disk.io_bytes'],
    ['disk.bytes.read', 'By', 'counter', 'disk_bytes_read_total', 'disk.bytes.read_bytes_total'],
    ['disk.read.bytes', 'By', 'counter', 'disk_read_bytes_total', 'disk.read.bytes_total'],
    ['load', '%', 'gauge', 'load_percent', 'load_percent'],
    ['a..b__c', '', 'gauge', 'a_b_c', 'a..b__c'],
    ['2xx.count', '', 'other', '_2xx_count', '2xx.count'],
    ['rule:sum', '', 'other', 'rule:sum', 'rule:sum'],
    ['temp', 'widgets_made', 'gauge', 'temp_widgets_made', 'temp_widgets_made'],
    ['日本', '', 'gauge', '', '日本'],
    ['', 's', 'gauge', '', ''],
  ];
  for (const [name, unit, kind, escaped, utf8] of cases) {
    assert.equal(metricName({ name, unit, kind }, 'underscores'), escaped, `${name} ${unit} ${kind}`);
    assert.equal(metricName({ name, unit, kind }, 'utf8'), utf8, `${name} ${unit} ${kind}, utf8`);
  }
});

test('labels are escaped, or left as they are', () => {
  const cases = [
    ['http.method', 'http_method'],
    ['1st', 'key_1st'],
    ['_private', 'key_private'],
    ['__reserved__', '__reserved__'],
    ['a..b', 'a__b'],
    ['...', ''],
    ['ü', ''],
  ] as const;
  for (const [key, escaped] of cases) {
    assert.equal(labelName(key, 'underscores'), escaped);
    assert.equal(labelName(key, 'utf8'), key);
  }
});

test('units in words', () => {
  const cases = [
    ['By/s', 'bytes_per_second'],
    ['ms', 'milliseconds'],
    ['1', ''],
    ['{x}', ''],
    ['/h', 'per_hour'],
    ['', ''],
  ] as const;
  for (const [unit, words] of cases) assert.equal(unitName(unit), words);
});

test('bounds are written without an exponent', () => {
  const cases = [
    [0.005, '0.005'],
    [5, '5'],
    [1e21, '1000000000000000000000'],
    [1.5e-7, '0.00000015'],
    [1.25e22, '12500000000000000000000'],
    [-1e-7, '-0.0000001'],
    [0, '0'],
    [Infinity, '+Inf'],
    [-Infinity, '-Inf'],
  ] as const;
  for (const [value, text] of cases) assert.equal(plainDecimal(value), text);
});
