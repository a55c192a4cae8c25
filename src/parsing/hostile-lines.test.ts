import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { LogRules } from '#core/api/log-rules.ts';
import { createLogParser } from './create-log-parser.ts';

const NOW = Date.parse('2026-11-25T00:00:00Z');
const MIB = 1 << 20;
/** A quadratic reader of 1 MiB takes longer than this on any machine; the tests give way after each text, so that it counts. */
const ENDS = { timeout: 600_000 };

/** Tells what took longest: a figure to look at, no claim. */
class Slowest {
  #ms = 0;
  #name = '';

  time<Result>(name: string, work: () => Result): Result {
    const start = performance.now();
    const result = work();
    const ms = performance.now() - start;
    if (ms > this.#ms) [this.#ms, this.#name] = [ms, name];
    return result;
  }

  tell(t: TestContext): void {
    t.diagnostic(`slowest: ${this.#name}, ${Math.round(this.#ms)} ms`);
  }
}

const fill = (unit: string): string => unit.repeat(Math.floor(MIB / unit.length));
const TEXTS: Readonly<Record<string, string>> = {
  letters: fill('a'),
  digits: fill('1'),
  spaces: fill(' '),
  quotes: fill('"'),
  'opening brackets': fill('['),
  'opening braces': `{"a":${fill('{"a":')}`,
  backslashes: `{"a":"${fill('\\')}`,
  'ten thousand members': `{${Array.from({ length: 10_000 }, (_, i) => `"k${i}":${i}`).join(',')}}`,
  'ten thousand pairs': Array.from({ length: 10_000 }, (_, i) => `k${i}=${i}`).join(' '),
  'nested 100': `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`,
  'nested 100,000': `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
  'nested arrays': `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
  'access without end': `1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] "${fill('\\"')}`,
  'clients without end': `${fill('1.2.3.4, ')} - - [10/Oct/2000:13:55:36 -0700] "GET /" 200 1`,
  'long request': `1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] "GET /${fill('a ')}" 200 1 "-" "-" ${fill('a=')}`,
  'structured data': `<1>1 - - - - - ${fill('[a b="c"]')}`,
  'open structured data': `<1>1 - - - - - [a ${fill('b="c" ')}`,
  'syslog tag': `<1>Oct 11 22:14:15 h ${fill('x[')}`,
  cef: `CEF:0|${fill('a=')}`,
  'cef extension': `CEF:0|a|b|c|d|e|1|${fill(' a=b')}`,
  leef: `LEEF:2.0|a|b|c|d|${fill('x')}`,
  sudo: `Oct 11 22:14:15 h sudo: ${fill('x ; ')}`,
  session: `Oct 11 22:14:15 h sshd[1]: ${fill('session opened for user ')}`,
  mail: `Oct 11 22:14:15 h postfix/smtp[1]: ABCDEF12: ${fill('to=<a>, ')}`,
  mysql: `2024-01-01T00:00:00Z 0 ${fill('[a')}`,
  modsecurity: `2016/10/25 14:49:34 [error] 1#0: ModSecurity: ${fill('[id "')}`,
  java: `2024-01-01 12:00:00,123 ERROR [main] a.b.C - ${fill('\n\tat a.b')}`,
  trace: `2024-01-01 12:00:00,123 ERROR a.b.C - x\n${fill('a.')}\n\tat x`,
  auditd: `type=EXECVE msg=audit(1.1:1): ${fill('a0="b" ')}`,
  squid: `1525344856.899 1 ${fill('a ')}`,
  'control characters': fill('\u0000\u001b[31m'),
  slow: `# Time: 2024\n# Query_time: 1\n${fill('# Thread_id: 1')}`,
}; // prettier-ignore

test('lines of 1 MiB made to be slow are read in linear time and kept', ENDS, async (t) => {
  const parser = createLogParser();
  const slowest = new Slowest();
  for (const [name, body] of Object.entries(TEXTS)) {
    const record = slowest.time(name, () => parser.parse({ body, source: name }, NOW));
    await setImmediate();
    assert.ok(record !== undefined && record.body.length > 0, name);
    assert.ok(record.attributes.length <= 4_000, `${name}: ${record.attributes.length / 2} fields`);
  }
  slowest.tell(t);
});

test('steps of rules take hostile texts in linear time', ENDS, async (t) => {
  const slowest = new Slowest();
  const steps = [
    { type: 'regex', pattern: '(?<x>(a+)+)$' },
    { type: 'grok', patterns: ['%{DATA}%{DATA}%{DATA}:%{GREEDYDATA:y}!'] },
    { type: 'xml' },
    { type: 'kv' },
    { type: 'logfmt' },
    { type: 'query' },
    { type: 'mask', what: ['card', 'email', 'ipv4', 'secret'] },
    { type: 'dissect', pattern: '%{a} %{b} %{c->} %{d}' },
    { type: 'csv', columns: ['a', 'b'] },
  ]; // prettier-ignore
  const texts = [
    'a',
    '<!--',
    '<![CDATA[',
    '<a ',
    '<a b="',
    '1.1.',
    'password=',
    'a@',
    '4111 ',
    'a=',
    '"',
    ',',
    ' ',
  ].map((unit) => unit.repeat(60_000 / unit.length));
  for (const step of steps) {
    const parser = createLogParser({
      recognise: false,
      rules: LogRules.parse({ rules: [{ name: 'r', steps: [step] }] }),
    });
    for (const body of texts) {
      assert.ok(slowest.time(`${step.type} on ${body.slice(0, 10)}`, () => parser.parse({ body }, NOW)));
      await setImmediate();
    }
  }
  slowest.tell(t);
});

test('a line of 1 MiB does not hold up rules; what a mask has no time for is hidden whole', ENDS, (t) => {
  const slow = '(?:a.{0,50})*z|a';
  const rule = (match: object, ...steps: object[]) => ({ name: 'r', match, steps });
  const rules = LogRules.parse({
    rules: [
      rule({ regex: '(?:a|aa)+$' }, { type: 'drop' }),
      rule({ query: '/(a+)+$/' }, { type: 'drop' }),
      rule({}, { type: 'regex', pattern: '(?<x>(?:a|aa)+)$' }, { type: 'replace', pattern: slow, with: '$&' }),
      rule({}, { type: 'mask', pattern: slow, with: '#' }),
    ],
  });
  const slowest = new Slowest();
  const parser = createLogParser({ recognise: false, rules });
  const record = slowest.time('rules', () => parser.parse({ body: `${'a'.repeat(MIB - 1)}!` }, NOW));
  slowest.tell(t);
  assert.match(String(record?.body), /^#+$/);
  assert.match(String(record?.attributes.at(-1)), /too long/);
});

test('steps that make texts longer come to an end', () => {
  const double = { type: 'set', field: 'body', value: '%{body}%{body}' };
  const rules = LogRules.parse({
    rules: [
      { name: 'set', steps: Array.from({ length: 40 }, () => double) },
      { name: 'replace', steps: [{ type: 'replace', field: 'x', pattern: 'a', with: '$&'.repeat(2_000) }] },
    ],
  });
  const line = { body: 'a'.repeat(1_000), attributes: ['x', 'a'.repeat(20_000)] };
  const record = createLogParser({ recognise: false, rules }).parse(line, NOW);
  assert.equal(record?.body.length, MIB);
  assert.ok((record?.attributes.join('').length ?? 0) < 21_000);
});

test('bytes that are no UTF-8 and control characters are kept; names are unique', () => {
  const parser = createLogParser();
  const record = parser.parse({ body: Uint8Array.of(0x61, 0xff, 0x1b, 0x62) }, NOW);
  assert.equal(record?.body, 'a\uFFFD\u001bb');
  const twice = parser.parse({ body: '{"a":1,"a":2,"__proto__":"x","msg":"m"}', attributes: ['a', '0'] }, NOW);
  assert.deepEqual(twice?.attributes, ['a', '2', '__proto__', 'x']);
  assert.equal(parser.parse({ body: '' }, NOW)?.t, NOW);
  for (const body of [
    'constructor=1 toString=2 __proto__=3',
    'CEF:0|a|b|c|d|e|1|constructor=1',
    'date=2024-01-31 devname=a constructor=1 x=y',
  ]) {
    const record = parser.parse({ body }, NOW);
    assert.ok(
      record?.attributes.every((text) => typeof text === 'string' && !text.includes('native')),
      body,
    );
    assert.ok(
      record?.attributes.some((text) => text.endsWith('constructor')),
      body,
    );
  }
});
