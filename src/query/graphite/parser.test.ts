import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AppError } from '#core/errors.ts';
import type { Node } from './ast.ts';
import { parseTarget } from './parser.ts';

/** A node as a short text, so that tables stay readable. */
function shown(node: Node): string {
  switch (node.kind) {
    case 'path':
      return `<${node.text}>`;
    case 'call': {
      const kwargs = [...node.kwargs].map(([key, value]) => `${key}=${shown(value)}`);
      return `${node.name}(${[...node.args.map(shown), ...kwargs].join(' ')})`;
    }
    case 'template':
      return `template(${shown(node.body)} ${JSON.stringify([...node.variables])})`;
    case 'none':
      return 'None';
    case 'number':
      return `${node.value}${node.isFloat ? 'f' : ''}`;
    default:
      return JSON.stringify(node.value);
  }
}

const TARGETS: readonly (readonly [string, string])[] = [
  ['a.b.c', '<a.b.c>'],
  ['a.*.{b,c}.d[0-9]?', '<a.*.{b,c}.d[0-9]?>'],
  ['a.b{x,y}c', '<a.b{x,y}c>'],
  ['a-b_c:d%e@f=g#h', '<a-b_c:d%e@f=g#h>'],
  [' a.b ', '<a.b>'],
  ['a\\,b\\(c\\)', '<a,b(c)>'],
  ['1min.load', '<1min.load>'],
  ['f()', 'f()'],
  ['f(a.b)', 'f(<a.b>)'],
  ['f( a.b , 2 )', 'f(<a.b> 2)'],
  ['f(a,-1.5,2e3,1E-2,-3)', 'f(<a> -1.5f 2000f 0.01f -3)'],
  ['f(a,5min)', 'f(<a> <5min>)'],
  ['f(a,true,FALSE,None,inf)', 'f(<a> true false None Infinityf)'],
  ['f(true.a,info)', 'f(<true.a> <info>)'],
  ["f(a,'x y',\"it's\")", 'f(<a> "x y" "it\'s")'],
  ['f(a,"q\\"q")', 'f(<a> "q\\\\\\"q")'],
  ['f(a,key=1,other="x")', 'f(<a> key=1 other="x")'],
  ['f(g(h(a.b)),c)', 'f(g(h(<a.b>)) <c>)'],
  ['a|f(1)', 'f(<a> 1)'],
  ['a | f(1) | g()', 'g(f(<a> 1))'],
  ['s(a|f(),b)', 's(f(<a>) <b>)'],
  ['template(f($x.b),x="a")', 'template(f(<$x.b>) [["x","a"]])'],
  ['template(a.$1.$2,"b",3)', 'template(<a.$1.$2> [["1","b"],["2",3]])'],
  ['größe.µ', '<größe.µ>'],
];

for (const [target, expected] of TARGETS) {
  test(`reads ${target}`, () => assert.equal(shown(parseTarget(target)), expected));
}

const BROKEN: readonly (readonly [string, number])[] = [
  ['', 0],
  ['f(', 2],
  ['f(a', 3],
  ['f(a,)', 4],
  ['f(a))', 4],
  ['f(a) b', 5],
  ['a.{b,c', 6],
  ['f("open)', 2],
  ['a|', 2],
  ['a|b', 2],
  ['f(k=1,2)', 7],
];

for (const [target, position] of BROKEN) {
  test(`refuses ${target || 'an empty target'} at ${position}`, () => {
    assert.throws(
      () => parseTarget(target),
      (error) => error instanceof AppError && error.code === 'bad_query' && error.details.position === position,
    );
  });
}

test('refuses calls nested without end', () => {
  assert.throws(() => parseTarget('f('.repeat(5000)), { code: 'bad_query' });
});

test('any text is read or refused with bad_query', () => {
  const alphabet = fc.constantFrom(
    ...'ab.*?{}[],()|"\'\\ =$1-e+'.split(''),
    'template(',
    'f(',
    'true',
    'inf',
    'é',
    '\n',
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(alphabet, { maxLength: 40 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      try {
        parseTarget(text);
      } catch (error) {
        assert.ok(error instanceof AppError && error.code === 'bad_query', String(error));
      }
    }),
    { numRuns: 2000 },
  );
});

test('a printed call reads as itself again', () => {
  const path = fc.stringMatching(/^[a-z]{1,4}(\.[a-z*]{1,4}){0,2}$/).filter((text) => !/^(true|none|inf)$/.test(text));
  const { node } = fc.letrec<{ node: string; call: string }>((tie) => ({
    node: fc.oneof({ depthSize: 'small' }, path, fc.integer().map(String), tie('call')),
    call: fc
      .tuple(
        path.map((text) => text.replaceAll(/[.*]/g, '_')),
        fc.array(tie('node'), { maxLength: 3 }),
      )
      .map(([name, args]) => `${name === 'template' ? 'x' : name}(${args.join(',')})`),
  }));
  fc.assert(
    fc.property(node, (text) => {
      const wrapped = `f(${text})`;
      assert.equal(shown(parseTarget(wrapped)).replaceAll(/[<>]/g, '').replaceAll(' ', ','), wrapped);
    }),
  );
});
