import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileRules } from './compile-rules.ts';
import { canonicalName, keysOfName } from './object-name.ts';
import { valuesOfBeans } from './read-beans.ts';
import { parseRules, rulesOption } from './rule-text.ts';

test('names of MBeans: quotes, order, patterns', () => {
  assert.deepEqual(
    [...keysOfName('Catalina:type=ThreadPool,name="http-nio-8080"')],
    [
      ['type', 'ThreadPool'],
      ['name', 'http-nio-8080'],
    ],
  );
  assert.equal(keysOfName('a:name="x,y=\\"z\\""').get('name'), 'x,y="z"');
  assert.equal(canonicalName('a:type=b,id=*'), canonicalName('a:id=*,type=b'));
  assert.equal(canonicalName('a:type=b,*'), 'a:type=b,*');
  assert.equal(canonicalName('a:*'), 'a:*');
});

const RULES = `
rules:
  - bean: shop:type=Cart,name=*
    prefix: shop.cart.
    type: counter
    metricAttribute:
      cart.name: param(name)
      zone.of: lowercase(beanattr(Place.Zone))
    mapping:
      Orders: { desc: Orders taken. }
      Bytes: { metric: traffic, unit: By }
      'Times.a\\.b': { metric: waited, type: gauge, unit: s, sourceUnit: ms, dropNegativeValues: true }
  - beans: ['shop:type=Stock', 'shop:type=Depot']
    mapping:
      OpenItems:
`;

test('rules become series: names, units, labels; negative values are dropped where the rule says so', () => {
  const { readings, metrics } = compileRules(parseRules(RULES));
  assert.deepEqual(readings[0]?.attributes, ['Orders', 'Place', 'Bytes', 'Times']);
  assert.deepEqual(Object.keys(metrics), [
    ...['shop_cart_orders_total', 'shop_cart_traffic_bytes_total', 'shop_cart_waited_seconds', 'open_items'],
  ]);
  assert.deepEqual(metrics['shop_cart_orders_total'], {
    ...{ kind: 'counter', unit: '', help: 'Orders taken.', labels: ['cart_name', 'zone_of'] },
  });
  const attributes = { Orders: '9007199254740993', Bytes: 7, Times: { 'a.b': 1_500 }, Place: { Zone: 'EU' } };
  const [carts, stock, depot] = readings;
  assert.ok(carts !== undefined && stock !== undefined && depot !== undefined);
  const labels = { cart_name: 'red', zone_of: 'eu' };
  const beans = [{ name: 'shop:type=Cart,name="red"', attributes }];
  assert.deepEqual(valuesOfBeans([{ reading: carts, beans }]), [
    { metric: 'shop_cart_orders_total', labels, value: 9_007_199_254_740_992 },
    { metric: 'shop_cart_traffic_bytes_total', labels, value: 7 },
    { metric: 'shop_cart_waited_seconds', labels, value: 1.5 },
  ]);
  const late = { ...attributes, Orders: null, Bytes: 'ERROR: none', Times: { 'a.b': -1 } };
  assert.deepEqual(
    valuesOfBeans([{ reading: carts, beans: [{ name: 'shop:type=Cart,name=red', attributes: late }] }]),
    [],
  );
});

test('beans that come to one series: counters are added up, of gauges the last one counts', () => {
  const { readings } = compileRules([
    { bean: 'a:type=b,id=*', mapping: { n: { metric: 'n', type: 'counter' }, g: { metric: 'g' } } },
  ]);
  const [reading] = readings;
  assert.ok(reading !== undefined);
  const beans = [3, 4].map((n) => ({ name: `a:type=b,id=${n}`, attributes: { n, g: n } }));
  assert.deepEqual(
    valuesOfBeans([{ reading, beans }]).map(({ metric, value }) => [metric, value]),
    [
      ['n_total', 7],
      ['g', 4],
    ],
  );
});

test('a figure that two rules name is read once', () => {
  const rule = { bean: 'a:type=b,id=*', mapping: { n: { metric: 'n', type: 'counter' as const } } };
  const { readings } = compileRules([rule, { ...rule, bean: 'a:id=*,type=b' }]);
  assert.equal(readings.length, 1);
  const [reading] = readings;
  assert.ok(reading !== undefined);
  const beans = [{ name: 'a:type=b,id=1', attributes: { n: 3 } }];
  assert.deepEqual(valuesOfBeans([{ reading, beans }])[0]?.value, 3);
});

test('an attribute that is a state becomes one series for each state', () => {
  const { readings, metrics } = compileRules(
    parseRules(`
rules:
  - bean: shop:type=Job,name=*
    mapping:
      status:
        metric: shop.job.status
        type: updowncounter
        unit: "1"
        metricAttribute:
          job: param(name)
          state: { running: [running, RUNNING], stopped: [STOPPED], unknown: "*" }
`),
  );
  assert.deepEqual(metrics['shop_job_status']?.labels, ['job', 'state']);
  const [reading] = readings;
  assert.ok(reading !== undefined);
  const statesOf = (status: unknown): number[] =>
    valuesOfBeans([{ reading, beans: [{ name: 'shop:type=Job,name=a', attributes: { status } }] }]).map(
      ({ value }) => value,
    );
  assert.deepEqual(statesOf('RUNNING'), [1, 0, 0]);
  assert.deepEqual(statesOf('STOPPED'), [0, 1, 0]);
  assert.deepEqual(statesOf('lost'), [0, 0, 1]);
  assert.deepEqual(statesOf(null), []);
});

test('rules that are none are refused with their reason', () => {
  const problem = (text: string): string => rulesOption.safeParse(text).error?.issues[0]?.message ?? '';
  assert.equal(problem(RULES), '');
  assert.match(problem('rules: []'), /rules/);
  assert.match(problem('rules: [{ bean: nothing, mapping: { A: } }]'), /nothing is no name of an MBean/);
  assert.match(problem('rules: [{ mapping: { A: } }]'), /bean/);
  assert.match(
    problem('rules: [{ bean: "a:b=c", mapping: { A: { metricAttribute: { x: other(1) } } } }]'),
    /param\(key\)/,
  );
  assert.match(problem('rules: [{ bean: "a:b=c", mapping: { A: { metricAttribute: { host: const(x) } } } }]'), /host/);
  assert.match(problem('rules: [{ bean: "a:b=c", mapping: { A: { type: histogram } } }]'), /type/);
  assert.match(problem('rules: [{ bean: "a:b=c", mapping: { A: { metric: 9lives } } }]'), /9lives/);
  assert.match(problem('rules: [{'), /./);
});
