import type { LabelCardinality, NameCardinality, SeriesOrigin } from '#core/api/cardinality.ts';
import { formatAge } from '#web/format/duration.ts';
import { formatValue } from '#web/format/value.ts';
import { Button } from '#web/ui/button.tsx';
import type { Column } from '#web/ui/data-table-column.ts';

const count = (
  key: 'series' | 'newHour' | 'newDay' | 'gone',
  header: string,
  wideOnly = false,
): Column<NameCardinality> => ({
  ...{ key, header, width: '84px', align: 'end', wideOnly },
  cell: (row) => formatValue(row[key], ''),
});

/** Columns of names; each has a button that drops it. */
export function nameColumns(now: number, onDrop: (name: string) => void): readonly Column<NameCardinality>[] {
  return [
    { key: 'name', header: 'Name', width: 'minmax(140px, 2fr)', cell: ({ name }) => <span title={name}>{name}</span> },
    count('series', 'Series'),
    count('newHour', 'New, 1 h', true),
    count('newDay', 'New, 1 d', true),
    count('gone', 'Silent', true),
    {
      key: 'read',
      header: 'Last asked for',
      width: '110px',
      align: 'end',
      wideOnly: true,
      cell: ({ lastReadAt }) => (lastReadAt === 0 ? 'not yet' : `${formatAge(Math.max(0, now - lastReadAt))} ago`),
    },
    {
      key: 'drop',
      header: 'Rule',
      width: '76px',
      align: 'end',
      cell: ({ name }) => (
        <Button look="quiet" aria-label={`Drop ${name}`} onClick={() => onDrop(name)}>
          Drop
        </Button>
      ),
    },
  ];
}

/** Columns of labels. */
export const LABEL_COLUMNS: readonly Column<LabelCardinality>[] = [
  { key: 'label', header: 'Label', width: 'minmax(120px, 1fr)', cell: ({ label }) => label },
  { key: 'values', header: 'Values', width: '100px', align: 'end', cell: ({ values }) => formatValue(values, '') },
];

/** Columns of senders. */
export const SOURCE_COLUMNS: readonly Column<SeriesOrigin>[] = [
  { key: 'input', header: 'Input', width: 'minmax(110px, 1fr)', cell: ({ input }) => input },
  {
    key: 'address',
    header: 'Sender',
    width: 'minmax(110px, 1fr)',
    cell: ({ address }) => (address === '' ? 'this server' : address),
  },
  { key: 'series', header: 'Series', width: '84px', align: 'end', cell: ({ series }) => formatValue(series, '') },
  {
    ...{ key: 'newHour', header: 'New, 1 h', width: '84px', align: 'end', wideOnly: true },
    cell: ({ newHour }) => formatValue(newHour, ''),
  },
];
