import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toCsv } from './csv.ts';

test('CSV has a header, quotes what needs it and never starts a formula', () => {
  const columns = ['a', 'b,c'].map((name) => ({ name, type: 'String' }));
  const rows = [
    ['x', 'say "hi"'],
    ['=1+1', '-cmd'],
    ['-12.5e3', '@x\r\n'],
    [null, true],
    [1.5, ['a', 1]],
    ['+', '\tq'],
  ];
  assert.equal(
    toCsv({ columns, rows }),
    ['a,"b,c"', 'x,"say ""hi"""', "'=1+1,'-cmd", '-12.5e3,"\'@x\r\n"', ',true', '1.5,"[""a"",1]"', "'+,'\tq", ''].join(
      '\r\n',
    ),
  );
});
