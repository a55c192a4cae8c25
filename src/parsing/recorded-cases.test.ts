import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { LogRecord } from '#core/model/log-record.ts';
import { createLogParser } from './create-log-parser.ts';

const RECORDED = '../shared/data/logs/cases/';
const NOW = Date.parse('2026-11-25T00:00:00Z');
type Case = { input: string; file: string; expect: Record<string, unknown> };

/** Percent of the expected values that must be found, by kind: what is reached, rounded down. */
const REACHED: Readonly<Record<string, number>> = {
  apache: 99,
  auditd: 99,
  auth: 96,
  elasticsearch: 98,
  haproxy: 96,
  icinga: 100,
  iis: 98,
  kafka: 97,
  logstash: 97,
  mongodb: 100,
  mysql: 99,
  nats: 96,
  nginx: 96,
  pensando: 86,
  postgresql: 99,
  redis: 98,
  syslog: 94,
  traefik: 88,
}; // prettier-ignore

/** `-` and empty texts are not stored; lists are JSON; case is the sender's. */
function isFound(record: LogRecord, name: string, wanted: unknown): boolean {
  if (name === '@timestamp') return Math.floor(record.t) === Date.parse(String(wanted));
  if (name === 'message') return record.body.toString().trim() === String(wanted).trim();
  if (name === 'host.hostname') return record.host === wanted;
  if (wanted === '-' || wanted === '') return true;
  const values = record.attributes.filter((_, i) => i % 2 === 1);
  if (Array.isArray(wanted))
    return wanted.length === 0 || values.some((value) => isSameList(value, wanted.map(String)));
  const text = String(wanted).toLowerCase();
  return [...values, record.service, record.host].some(
    (value) => value.toLowerCase() === text || (typeof wanted === 'number' && Number(value) === wanted),
  );
}

function isSameList(value: string, wanted: readonly string[]): boolean {
  if (!value.startsWith('[')) return wanted.length === 1 && value === wanted[0];
  const list = JSON.parse(value.endsWith(']') ? value : '[]') as unknown[];
  return JSON.stringify(list.map(String).toSorted()) === JSON.stringify([...wanted].toSorted());
}

for (const [kind, percent] of Object.entries(REACHED)) {
  test(`recorded lines of ${kind}: at least ${percent} % of their values are found`, {
    skip: !existsSync(RECORDED) && 'no recorded data',
  }, () => {
    const parsers = { utc: createLogParser(), west: createLogParser({ zone: '-02:00' }) };
    const missing: string[] = [];
    let total = 0;
    for (const line of readFileSync(`${RECORDED}${kind}.jsonl`, 'utf8').split('\n').filter(Boolean)) {
      const { input, file, expect } = JSON.parse(line) as Case;
      const zone = String(expect['@timestamp']).endsWith('-02:00') ? 'west' : 'utc';
      const record = parsers[zone].parse({ body: input, source: `file:${file}` }, NOW);
      assert.ok(record !== undefined);
      for (const [name, wanted] of Object.entries(expect)) {
        total++;
        if (!isFound(record, name, wanted)) missing.push(`${name}=${JSON.stringify(wanted)} of ${input.slice(0, 100)}`);
      }
    }
    const reached = (100 * (total - missing.length)) / total;
    assert.ok(reached >= percent, `${reached.toFixed(2)} % of ${total}; missing: ${missing.slice(0, 5).join('\n')}`);
  });
}
