import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LogRuleStep, LogRules } from '#core/api/log-rules.ts';
import { createLogParser } from '#parsing/create-log-parser.ts';
import { pairsOf } from '#parsing/log-draft.ts';
import { traceLogParser } from '#parsing/trace-log-parser.ts';

const NOW = Date.parse('2026-11-25T00:00:00Z');
type Input = Record<string, unknown>;

function run(
  steps: readonly Input[],
  body: string,
  match: Input = {},
  patterns: Input = {},
): Record<string, unknown> | undefined {
  const rules = LogRules.parse({ rules: [{ name: 'r', match, steps }], patterns });
  const geoip = (ip: string): readonly string[] | undefined =>
    ip === '81.2.69.143' ? ['country_iso_code', 'GB'] : undefined;
  const record = createLogParser({ rules, recognise: false, geoip }).parse({ body, service: 'app', host: 'web1' }, NOW);
  return (
    record && {
      ...Object.fromEntries(pairsOf(record.attributes)),
      body: record.body,
      service: record.service,
      t: record.t,
      severity: record.severity,
    }
  );
}

const TABLE: readonly (readonly [steps: readonly Input[], body: string, expected: Input])[] = [
  [[{ type: 'grok', patterns: ['%{WORD:a} %{INT:b:int}'] }], 'x 12', { a: 'x', b: '12' }],
  [[{ type: 'dissect', pattern: '%{a} [%{b}] %{+a}->%{?c}' }], 'x [y] z->q', { a: 'x z', b: 'y' }],
  [[{ type: 'dissect', pattern: '%{*k}=%{&k};%{pad->} %{end}' }], 'n=v;p    e', { n: 'v', end: 'e', pad: 'p' }],
  [[{ type: 'regex', pattern: '(?<code>E\\d+)', prefix: 'app.' }], 'failed E42', { 'app.code': 'E42' }],
  [
    [{ type: 'json' }],
    'pre {"a":{"b":[1,2],"c":null},"n":9007199254740993,"s":"x\\u00e9\\n"}',
    { 'a.b': '[1,2]', n: '9007199254740993', s: 'xé\n' },
  ],
  [[{ type: 'logfmt' }], 'a=1 b="two \\"w\\"" c=', { a: '1', b: 'two "w"', c: '' }],
  [[{ type: 'kv', pair: ';', value: ':' }], 'a:1;b:2', { a: '1', b: '2' }],
  [[{ type: 'csv', columns: ['a', '', 'c'] }], '1,2,"x ""y"", z"', { a: '1', c: 'x "y", z' }],
  [
    [{ type: 'cef' }],
    'CEF:0|V|P|1|100|n\\|m|5|src=1.2.3.4 msg=two words cs1=a\\=b',
    { 'observer.vendor': 'V', 'event.action': 'n|m', 'source.ip': '1.2.3.4', 'cef.cs1': 'a=b' },
  ],
  [[{ type: 'leef' }], 'LEEF:2.0|V|P|1|id|^|src=1.2.3.4^x=y z', { 'source.ip': '1.2.3.4', 'leef.x': 'y z' }],
  [
    [{ type: 'xml' }],
    '<E a="1&lt;"><D Name="u">bob</D><t><![CDATA[<x>]]></t></E>',
    { 'E.a': '1<', 'E.D.u': 'bob', 'E.t': '<x>' },
  ],
  [[{ type: 'query' }], '/p?a=1&b=x%20y+z#f', { a: '1', b: 'x y z' }],
  [
    [{ type: 'timestamp', formats: ['%d/%m/%Y %H:%M'], zone: 'Europe/Berlin' }],
    '15/07/2024 12:00',
    { t: Date.parse('2024-07-15T10:00:00Z') },
  ],
  [
    [
      { type: 'set', field: 'a', value: '%{host}-%{service}' },
      { type: 'rename', from: 'a', to: 'b' },
      { type: 'uppercase', field: 'b' },
    ],
    'x',
    { b: 'WEB1-APP' },
  ],
  [
    [
      { type: 'set', field: 'd', value: '1m30s' },
      { type: 'convert', field: 'd', to: 'duration' },
    ],
    'x',
    { d: '90' },
  ],
  [
    [
      { type: 'set', field: 'd', value: '250ms' },
      { type: 'convert', field: 'd', to: 'duration' },
    ],
    'x',
    { d: '0.25' },
  ],
  [
    [
      { type: 'set', field: 'd', value: 'Yes' },
      { type: 'convert', field: 'd', to: 'bool' },
    ],
    'x',
    { d: 'true' },
  ],
  [
    [
      { type: 'set', field: 'd', value: '1,234' },
      { type: 'convert', field: 'd', to: 'int' },
    ],
    'x',
    { d: '1234' },
  ],
  [[{ type: 'replace', field: 'body', pattern: 'a+', with: 'b' }], 'caaat', { body: 'cbt' }],
  [
    [{ type: 'replace', pattern: '(?<x>\\w)=(\\d)', with: '$2:$<x>$$$0$9[$&]' }],
    'a=1 b=2',
    { body: '1:a$$0$9[a=1] 2:b$$0$9[b=2]' },
  ],
  [
    [{ type: 'set', field: 'source.ip', value: '81.2.69.143' }, { type: 'geoip' }],
    'x',
    { 'source.geo.country_iso_code': 'GB' },
  ],
  [
    [
      { type: 'set', field: 'source.ip', value: '10.1.2.3' },
      { type: 'cidr', networks: { '10.0.0.0/8': 'lan', '10.1.0.0/16': 'dmz' }, to: 'net' },
    ],
    'x',
    { net: 'dmz' },
  ],
  [
    [
      { type: 'set', field: 'source.ip', value: '2001:db8::1' },
      { type: 'cidr', networks: { '2001:db8::/32': 'doc' }, to: 'net' },
    ],
    'x',
    { net: 'doc' },
  ],
  [
    [{ type: 'mask', what: ['card', 'email', 'ipv4', 'secret'] }],
    'card 4111 1111 1111 1111 not 4111 1111 1111 1112 a.b@c.de 1.2.3.4 password=hunter2 x',
    { body: 'card *** not 4111 1111 1111 1112 *** 1.2.3.0 password=*** x' },
  ],
  [[{ type: 'mask', pattern: 'id-\\d+', with: '$0' }], 'see id-17', { body: 'see $0' }],
  [[{ type: 'route', service: 'pay', stream: 'audit' }], 'x', { service: 'pay', 'log.stream': 'audit' }],
  [
    [{ type: 'json' }, { type: 'set', field: 'after', value: 'y' }],
    'no json',
    { 'parse.error': 'r/json: no match', after: 'y' },
  ],
  [
    [
      {
        type: 'set',
        field: 'user_agent.original',
        value: 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/70.0.1 Safari/537.36',
      },
      { type: 'user_agent' },
    ],
    'x',
    { 'user_agent.name': 'Chrome', 'user_agent.os.name': 'Windows', 'user_agent.device.name': 'desktop' },
  ],
]; // prettier-ignore

test('each step does what it says', () => {
  for (const [steps, body, expected] of TABLE) {
    const got = run(steps, body);
    for (const [name, value] of Object.entries(expected))
      assert.equal(got?.[name], value, `${JSON.stringify(steps[0])}: ${name}`);
  }
});

test('rules apply where all their conditions hold; drop and sample leave records out', () => {
  const drop: LogRuleStep[] = [{ type: 'drop' }];
  assert.equal(
    run(drop, 'GET /health', { service: 'a*', contains: 'health', regex: '^GET', fields: { host: 'web?' } }),
    undefined,
  );
  assert.ok(run(drop, 'GET /health', { service: 'b*' }));
  assert.ok(run(drop, 'GET /health', { fields: { nothing: '*' } }));
  const kept = Array.from({ length: 2_000 }, (_, i) => run([{ type: 'sample', keep: 0.25 }], `line ${i}`)).filter(
    Boolean,
  ).length;
  assert.ok(kept > 400 && kept < 600, `${kept} of 2000`);
});

test('rules that cannot be are refused by name and step', () => {
  const make = (step: Input): unknown => run([step], 'x');
  assert.throws(() => make({ type: 'regex', pattern: '(?=x)(?<a>x)' }), /rule r: step 1 \(regex\): .*look-arounds/);
  assert.throws(() => make({ type: 'grok', patterns: ['%{NOPE}'] }), /no pattern is named NOPE/);
  assert.throws(() => make({ type: 'cidr', networks: { x: 'y' }, to: 'z' }), /x is no network/);
  assert.throws(() => make({ type: 'fly' }));
});

test('the test bench shows what each step did', () => {
  const rules = LogRules.parse({
    rules: [
      {
        name: 'shop',
        match: { contains: 'order' },
        steps: [{ type: 'logfmt' }, { type: 'json' }, { type: 'remove', fields: ['b'] }, { type: 'drop' }],
      },
      { name: 'off', enabled: false, steps: [{ type: 'drop' }] },
    ],
  });
  let micros = 0;
  const trace = traceLogParser({ rules, recognise: true }, () => (micros += 5));
  const { record, format, steps } = trace({ body: 'order=1 b=2 level=warn' }, NOW);
  assert.equal(record, undefined);
  assert.equal(format, 'logfmt');
  assert.deepEqual(
    steps.map(({ step, outcome, micros: spent }) => [step, outcome, spent]),
    [
      ['logfmt', 'done', 5],
      ['json', 'failed', 5],
      ['remove', 'done', 5],
      ['drop', 'dropped', 5],
    ],
  ); // prettier-ignore
  assert.deepEqual(steps[2]?.changes, [{ name: 'b', before: '2', after: undefined }]);
  assert.equal(steps[1]?.reason, 'no match');
});
