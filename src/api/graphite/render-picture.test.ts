import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemorySource, type MemorySeries } from '#query/graphite/memory-source.ts';
import { callRoute } from './call-route.ts';
import { graphiteRoutes } from './index.ts';

function series(name: string, factor: number): MemorySeries {
  const points = Array.from({ length: 120 }, (_, i) => [i * 60, factor * (10 + Math.sin(i / 5))] as const);
  return { name, step: 60, points: new Map(points) };
}

const MANY = Array.from({ length: 11 }, (_, i) => series(`many.s${i}`, 1));
const SOURCE = createMemorySource([series('a.one', 1), series('a.two', 2000), series('b.gone', Number.NaN), ...MANY]);
const CLOCK = { now: () => 7_200_000, monotonic: () => 0, sleep: async () => {} };
const ROUTES = graphiteRoutes({ source: SOURCE, clock: CLOCK });

async function render(fields: string): ReturnType<typeof callRoute> {
  return callRoute(ROUTES, { path: '/render', fields: new URLSearchParams(`from=0&until=7200&${fields}`) });
}

const svg = async (fields: string): Promise<string> => {
  const { status, text, headers } = await render(`format=svg&${fields}`);
  assert.deepEqual([status, headers['content-type']], [200, 'image/svg+xml'], text);
  return text;
};

test('a picture is a PNG of 330 by 250 unless told otherwise', async () => {
  const { status, text, headers } = await render('target=a.one');
  assert.deepEqual([status, headers['content-type'], text.slice(1, 4)], [200, 'image/png', 'PNG']);
  const bytes = Buffer.from(text, 'latin1');
  assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [330, 250]);
});

/** Parameters, what the picture has, what the same picture without them has not. */
const SHOWN: readonly (readonly [string, RegExp])[] = [
  ['title=Load', />Load</],
  ['vtitle=per cent', />per cent</],
  ['target=secondYAxis(a.two)&vtitleRight=right', />right</],
  ['width=500&height=200', /width="500" height="200"/],
  ['bgcolor=darkgray', /#6f6f6f/],
  ['fgcolor=00ff00', /fill="#00ff00"/],
  ['template=nocmate-dark', /#171b21/],
  ['colorList=red,00ff00', /stroke="#c80032"/],
  ['target=color(a.one,"darkgreen")', /stroke="#00ff00"/],
  ['target=alpha(a.one,0.25)', /stroke-opacity="0.25"/],
  ['target=lineWidth(a.one,7)', /stroke-width="7"/],
  ['lineWidth=6', /stroke-width="6"/],
  ['thickness=6', /stroke-width="6"/],
  ['target=dashed(a.one,9)', /stroke-dasharray="9,9"/],
  ['target=threshold(10,"limit","orange")', /stroke="#ffa500"[^]*>limit</],
  ['target=verticalLine("01:00_19700101","deploy","gold")', /stroke="#c8c800"[^]*>deploy</],
  ['areaMode=all&areaAlpha=0.125', /fill-opacity="0.125"/],
  ['areaMode=stacked', /fill-opacity="0.75"/],
  ['target=areaBetween(group(a.one,a.two))', /areaBetween\(/],
  ['yMax=77', />77</],
  ['target=a.two&yUnitSystem=binary', /\dKi</],
  ['tz=Asia/Kolkata', />07:00</],
];

for (const [fields, pattern] of SHOWN) {
  test(`a picture with ${fields}`, async () => {
    assert.doesNotMatch(await svg('target=a.one'), pattern);
    assert.match(await svg(`target=a.one&${fields}`), pattern);
  });
}

const HIDDEN: readonly (readonly [string, string, RegExp])[] = [
  ['target=a.one', 'hideLegend=true', />a\.one</],
  ['target=a.one', 'graphOnly=true', />a\.one<|>00:00</],
  ['target=a.one', 'hideAxes=1', />01:00</],
  ['target=b.gone&target=a.one', 'hideNullFromLegend=true', />b\.gone</],
  ['target=a.one&target=alias(a.two,"a.one")', 'uniqueLegend=true', />a\.one<[^]*>a\.one</],
];

for (const [target, fields, pattern] of HIDDEN) {
  test(`${fields} hides something`, async () => {
    assert.match(await svg(target), pattern);
    assert.doesNotMatch(await svg(`${target}&${fields}`), pattern);
  });
}

test('more than ten series have a legend only if asked for', async () => {
  assert.doesNotMatch(await svg('target=many.*&height=600'), />many\.s1</);
  assert.match(await svg('target=many.*&height=600&hideLegend=false'), />many\.s1</);
});

test('without values there is "No Data"', async () => {
  assert.match(await svg('target=nothing.here'), />No Data</);
});

test('a name in a picture is text', async () => {
  assert.doesNotMatch(await svg('target=alias(a.one,"<script>")&title=<b>'), /<script>|<b>/);
});

test('a pie has a slice for each target', async () => {
  const text = await svg('graphType=pie&target=disk:3&target=a.one&pieMode=maximum&width=600&height=400');
  assert.match(text, />disk 3 [^]*>a\.one 11 /);
  assert.equal((await render('graphType=pie&target=disk:x')).status, 400);
  assert.equal((await render('graphType=cake&target=a.one')).status, 400);
});

test('what makes no picture is refused', async () => {
  for (const fields of ['width=5000', 'height=x', 'areaMode=some', 'lineWidth=thick', 'lineMode=curly']) {
    assert.equal((await render(`target=a.one&${fields}`)).status, 400, fields);
  }
});

test('svg answers as JSONP, pickle as bytes', async () => {
  assert.match((await render('target=a.one&format=svg&jsonp=cb')).text, /^cb\("<svg /);
  const { text, headers } = await render('target=a.one&pickle=1');
  assert.equal(headers['content-type'], 'application/pickle');
  assert.match(text, /^\x80\x02\](?:[^]*)a\.one[^]*pathExpression[^]*e\.$/);
});
