import type { Transformation } from '#core/api/panel-display.ts';
import { namePattern } from './name-pattern.ts';
import type { Cell, PanelTable, TableField } from './panel-table.ts';
import { reduceValues } from './reduce-values.ts';
import { byNumber, calculate } from './series-steps.ts';

type Step<Kind extends Transformation['kind']> = Extract<Transformation, { kind: Kind }>;

/** A table after the steps; what a step names and the table does not have changes nothing. */
export function transformTable(table: PanelTable, steps: readonly Transformation[]): PanelTable {
  return steps.reduce(applied, table);
}

function applied(table: PanelTable, step: Transformation): PanelTable {
  switch (step.kind) {
    case 'filter': {
      const pattern = namePattern(step.pattern);
      return pattern === undefined ? table : keep(table, ({ name }) => pattern.test(name) !== step.exclude);
    }
    case 'rename': {
      const pattern = namePattern(step.pattern);
      return pattern === undefined ? table : renamed(table, (name) => name.replace(pattern, step.to));
    }
    case 'organise':
      return organised(table, step);
    case 'group':
      return grouped(table, step);
    case 'calculate':
      return calculated(table, step);
    case 'combine':
      return combined(table, step);
    case 'where':
      return { ...table, rows: table.rows.filter(condition(table, step)) };
    case 'sort':
      return sorted(table, step);
    case 'limit':
      return { ...table, rows: table.rows.slice(0, step.count) };
    case 'reduce':
    case 'join-by-time':
    case 'join-by-label':
    case 'merge':
    case 'rows':
      return table;
  }
}

function keep(table: PanelTable, isKept: (field: TableField) => boolean): PanelTable {
  return pick(
    table,
    table.fields.flatMap((field, index) => (isKept(field) ? [index] : [])),
  );
}

/** The columns of these indexes, in their order. */
function pick({ fields, rows }: PanelTable, indexes: readonly number[]): PanelTable {
  return {
    fields: indexes.map((index) => fields[index] as TableField),
    rows: rows.map((row) => indexes.map((index) => row[index] as Cell)),
  };
}

function renamed(table: PanelTable, rename: (name: string) => string): PanelTable {
  return { ...table, fields: table.fields.map((field) => ({ ...field, name: rename(field.name) })) };
}

function organised(table: PanelTable, { order, names, hidden }: Step<'organise'>): PanelTable {
  const left = keep(table, ({ name }) => !hidden.includes(name));
  const place = (index: number): number => {
    const at = order.indexOf(left.fields[index]?.name ?? '');
    return at < 0 ? order.length : at;
  };
  const indexes = left.fields.map((_, index) => index).sort((a, b) => place(a) - place(b) || a - b);
  return renamed(pick(left, indexes), (name) => (Object.hasOwn(names, name) ? (names[name] ?? name) : name));
}

function grouped(table: PanelTable, { by, figure }: Step<'group'>): PanelTable {
  const keys = by.map((name) => table.fields.findIndex((field) => field.name === name)).filter((index) => index >= 0);
  if (keys.length === 0) return table;
  const numbers = table.fields.flatMap(({ kind }, index) =>
    kind === 'number' && !keys.includes(index) ? [index] : [],
  );
  const groups = Map.groupBy(table.rows, (row) => JSON.stringify(keys.map((index) => row[index])));
  const { fields } = pick(table, [...keys, ...numbers]);
  const rows = [...groups.values()].map((members) => [
    ...keys.map((index) => members[0]?.[index] as Cell),
    ...numbers.map((index) =>
      reduceValues(
        members.map((row) => numberOf(row[index])),
        figure,
      ),
    ),
  ]);
  return { fields, rows };
}

function calculated(table: PanelTable, { left, operator, right, name, only }: Step<'calculate'>): PanelTable {
  const indexOf = (field: string): number => table.fields.findIndex((each) => each.name === field);
  const [leftAt, rightAt] = [indexOf(left), indexOf(right)];
  const fixed = right.trim() === '' ? Number.NaN : Number(right);
  if (leftAt < 0 || (rightAt < 0 && Number.isNaN(fixed))) return table;
  const made: TableField = { name: name === '' ? `${left} ${operator} ${right}` : name, kind: 'number' };
  const rows = table.rows.map((row) => {
    const value = calculate(numberOf(row[leftAt]), operator, rightAt < 0 ? fixed : numberOf(row[rightAt]));
    return [...row, value];
  });
  return onlyMade({ fields: [...table.fields, made], rows }, made, only);
}

function combined(table: PanelTable, { of, figure, name, only }: Step<'combine'>): PanelTable {
  const indexes = table.fields.flatMap((field, index) =>
    field.kind === 'number' && (of.length === 0 || of.includes(field.name)) ? [index] : [],
  );
  if (indexes.length === 0) return table;
  const made: TableField = { name: name || figure, kind: 'number' };
  const rows = table.rows.map((row) => {
    const values = indexes.map((index) => numberOf(row[index]));
    return [...row, reduceValues(values, figure)];
  });
  return onlyMade({ fields: [...table.fields, made], rows }, made, only);
}

/** Texts and times stay beside the new column. */
function onlyMade(table: PanelTable, made: TableField, only: boolean): PanelTable {
  return only ? keep(table, (field) => field === made || field.kind !== 'number') : table;
}

/** True for rows that are kept; all are when there is no such column. */
function condition({ fields }: PanelTable, { field, is, value }: Step<'where'>): (row: readonly Cell[]) => boolean {
  const index = fields.findIndex(({ name }) => name === field);
  if (index < 0) return () => true;
  const pattern = is === 'like' ? namePattern(value) : undefined;
  return (row) => {
    const cell = row[index] ?? '';
    const isEmpty = cell === '' || Number.isNaN(cell);
    if (is === 'empty' || is === 'filled') return isEmpty === (is === 'empty');
    if (is === 'like') return pattern?.test(isEmpty ? '' : String(cell)) ?? true;
    return compares(cell, is, value);
  };
}

function compares(cell: Cell, is: '=' | '!=' | '>' | '>=' | '<' | '<=', value: string): boolean {
  const [left, right] =
    typeof cell === 'number' && value.trim() !== '' && !Number.isNaN(Number(value))
      ? [cell, Number(value)]
      : [String(cell), value];
  switch (is) {
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
  }
}

function sorted(table: PanelTable, { by, descending }: Step<'sort'>): PanelTable {
  const named = table.fields.findIndex(({ name }) => name === by);
  const index = named < 0 && by === '' ? table.fields.findLastIndex(({ kind }) => kind === 'number') : named;
  if (index < 0) return table;
  const sign = descending ? -1 : 1;
  const isText = table.fields[index]?.kind === 'text';
  const compare = (a: readonly Cell[], b: readonly Cell[]): number =>
    isText
      ? sign * String(a[index]).localeCompare(String(b[index]), undefined, { numeric: true })
      : byNumber(numberOf(a[index]), numberOf(b[index]), sign);
  return { ...table, rows: table.rows.toSorted(compare) };
}

const numberOf = (cell: Cell | undefined): number => (typeof cell === 'number' ? cell : Number.NaN);
