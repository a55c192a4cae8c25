import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readStatement, renderStatement } from './statement.ts';

const SINGLE = [
  'SELECT 1',
  'SELECT 1;',
  'SELECT 1 ; -- done',
  'SELECT \';\', "a;b", `c;d`',
  "SELECT 'it''s; fine', 'back\\';slash'",
  'SELECT 1 /* ; */ + 1',
  'SELECT 1 -- ; comment\n+ 1',
  'SELECT 1 // ; comment\n+ 1',
  'SELECT 1 # ; comment\n+ 1',
  'SELECT $tag$ ; $tag$, $$ ; $$',
  'SELECT ‘a;b’',
  "SELECT 'a\n\nb; c'",
];

for (const sql of SINGLE) {
  test(`one statement: ${JSON.stringify(sql)}`, () => {
    assert.equal(readStatement(sql).verb, 'SELECT');
  });
}

const REFUSED: Readonly<Record<string, RegExp>> = {
  'SELECT 1; DROP TABLE x': /several statements/,
  'SELECT 1;;SELECT 2': /several statements/,
  'SELECT 1 -- \n; DROP TABLE x': /several statements/,
  "SELECT 1 # '\n; DROP TABLE x": /several statements/,
  "SELECT 1 // '\n; DROP TABLE x": /several statements/,
  "SELECT 'a\\\\'; DROP TABLE x": /several statements/,
  "SELECT 1 /* /* */ ' */; DROP TABLE x": /comment inside|is not closed|inside a comment/,
  'EXPLAIN AST SELECT 1; DROP TABLE x': /several statements/,
  "SELECT #' ; DROP TABLE x": /is not closed/,
  "SELECT 'open": /is not closed/,
  'SELECT 1 /* open': /is not closed/,
  'SELECT $a$ open': /is not closed/,
  'SELECT 1\0; DROP TABLE x': /zero byte/,
  '-- nothing': /no statement/,
  '': /no statement/,
};

for (const [sql, reason] of Object.entries(REFUSED)) {
  test(`refused: ${JSON.stringify(sql)}`, () => {
    assert.throws(() => readStatement(sql), reason);
  });
}

test('verb and closing FORMAT are found past comments', () => {
  const statement = readStatement("/* a */ with 1 AS x SELECT x, 'FORMAT CSV'\nFORMAT JSONEachRow -- end\n");
  assert.deepEqual([statement.verb, statement.format], ['WITH', 'JSONEachRow']);
  assert.equal(readStatement("SELECT 'FORMAT CSV'").format, undefined);
});

test('placeholders are replaced outside of texts and comments only', () => {
  const statement = readStatement("SELECT {a:UInt8}, '{a:UInt8}', `{a:UInt8}` /* {a:UInt8} */, { b : Array(String) }");
  const text = renderStatement(statement, (name, type) => `<${name}|${type}>`);
  assert.equal(text, "SELECT <a|UInt8>, '{a:UInt8}', `{a:UInt8}` /* {a:UInt8} */, <b|Array(String)>");
});
