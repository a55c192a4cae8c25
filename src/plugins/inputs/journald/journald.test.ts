import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import type { RawLog } from '#core/model/log-record.ts';
import type { Pull, SourcePosition, SourceState } from '#core/plugin/input.ts';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import { readJournal } from './journal.ts';
import { logOfEntry } from './journal-entry.ts';
import { LineSplitter } from './line-splitter.ts';

const NO_JOURNALCTL = spawnSync('journalctl', ['--version']).status === 0 ? false : 'journalctl is not here';
const CASE = new URL('cases/three-entries.journal.gz', import.meta.url);

class Reading {
  readonly positions = new Map<string, SourcePosition>();
  readonly logs: RawLog[] = [];
  readonly #end = new AbortController();
  #ran: Promise<void> = Promise.resolve();

  start(directory: string, startAt: 'beginning' | number = 'beginning'): this {
    this.#ran = readJournal({ directory, units: [], startAt }, this.#pull());
    return this;
  }

  states: () => readonly SourceState[] = () => [];

  async until(count: number): Promise<void> {
    while (this.logs.length < count) await Promise.race([sleep(5), this.#ran.then(() => sleep(5))]);
  }

  async stop(): Promise<void> {
    this.#end.abort();
    await this.#ran;
  }

  get bodies(): string[] {
    return this.logs.map(({ body }) => Buffer.from(body).toString());
  }

  #pull(): Pull {
    return {
      positions: this.positions,
      signal: this.#end.signal,
      untilOpen: () => Promise.resolve(),
      take: (write) => {
        const writer = new RecordingWriter(0);
        write(writer, (name, position) => this.positions.set(name, position ?? {}));
        this.logs.push(...writer.records.logs);
      },
      report: () => undefined,
      show: (states) => {
        this.states = states;
      },
    };
  }
}

async function journal(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-journal-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'three.journal'), gunzipSync(await readFile(CASE)));
  return folder;
}

test('a journal is read from its beginning, and on after the last cursor', {
  skip: NO_JOURNALCTL,
  timeout: 30_000,
}, async (t) => {
  const folder = await journal(t);
  const first = new Reading().start(folder);
  await first.until(3);
  await first.stop();
  const [state] = first.states();
  assert.deepEqual([state?.name, state?.source, state?.records], [folder, 'journald', 3]);
  assert.deepEqual(first.bodies, ['hello', 'a\n\ufffdbc', 'later']);
  const { t: time, severity, host, service, source, attributes } = first.logs[0] ?? {};
  assert.deepEqual([time, severity, host, service, source], [1_795_000_000_000, 17, 'web1', 'sshd', 'journald']);
  assert.deepEqual(attributes?.includes('process.pid'), true);
  const cursor = String(first.positions.get('cursor')?.['cursor']);
  const second = new Reading();
  second.positions.set('cursor', { cursor: cursor.replace(/i=\d+/, 'i=2').replace(/x=.*/, 'x=0') });
  second.start(folder);
  await second.until(1);
  await second.stop();
  assert.deepEqual(second.bodies, ['later']);
  const last = new Reading().start(folder, 2);
  await last.until(2);
  await last.stop();
  assert.deepEqual(last.bodies, ['a\n\ufffdbc', 'later']);
});

test('what hinders reading is told', { skip: NO_JOURNALCTL }, async () => {
  const folder = join(tmpdir(), 'nocmate-no-such-journal');
  await assert.rejects(new Reading().start(folder).until(1), /journalctl ended: .*No such file/);
});

const SERVICES: readonly (readonly [entry: Record<string, unknown>, service: string])[] = [
  [{ _SYSTEMD_UNIT: 'getty@tty1.service' }, 'getty'],
  [{ _SYSTEMD_UNIT: 'session-1.scope', SYSLOG_IDENTIFIER: 'sudo' }, 'sudo'],
  [{ _SYSTEMD_UNIT: 'user@0.service', _COMM: 'app' }, 'app'],
  [{ _TRANSPORT: 'kernel' }, 'kernel'],
  [{ _SYSTEMD_UNIT: 'a.socket' }, 'a.socket'],
];

for (const [entry, service] of SERVICES) {
  test(`the service of ${JSON.stringify(entry)} is ${service}`, () => {
    assert.equal(logOfEntry(entry).service, service);
  });
}

test('values that are lists or no text, and what is not said', () => {
  const { body, attributes, severity, t } = logOfEntry({
    MESSAGE: ['one', 'two'],
    X: ['a', 'b'],
    _Y: [255, 65],
    Z: null,
  });
  assert.deepEqual([body, severity, t], ['one,two', undefined, undefined]);
  assert.deepEqual(attributes, ['journal.x', 'a,b', 'journal.y', '\ufffdA']);
});

test('lines are whole however the stream is cut; too long ones are counted', () => {
  const bytes = Buffer.from('one\n\ntoo long a line\nlast ä\nhalf');
  for (let size = 1; size <= bytes.length; size += 1) {
    const splitter = new LineSplitter(8);
    const lines: string[] = [];
    for (let at = 0; at < bytes.length; at += size) lines.push(...splitter.add(bytes.subarray(at, at + size)));
    assert.deepEqual([lines, splitter.tooLong], [['one', '', 'last ä'], 1], `${size}`);
  }
});
