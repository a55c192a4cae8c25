import { IconPlus } from '@tabler/icons-react';
import type { PanelQuery } from '#core/api/dashboard.ts';
import type { SeriesOverride } from '#core/api/panel-display.ts';
import { namePattern } from '#core/panel-data/name-pattern.ts';
import { queryLetter } from '#core/panel-data/query-letter.ts';
import { Button } from '#web/ui/button.tsx';
import { SelectField } from '#web/ui/field.tsx';
import styles from './form.module.css';
import { FormRow } from './form-row.tsx';
import { movedTo, removedAt, replacedAt } from './list-edits.ts';
import { LookFields } from './look-fields.tsx';
import { NameField } from './name-field.tsx';

export type OverrideRowsProps = {
  readonly overrides: readonly SeriesOverride[];
  /** Of the series or columns that the panel has now. */
  readonly names: readonly string[];
  readonly queries: readonly PanelQuery[];
  readonly onChange: (overrides: SeriesOverride[]) => void;
};

const MAX = 100;
const WAYS = [
  { value: 'name', label: 'Of this name' },
  { value: 'regex', label: 'Whose name fits' },
  { value: 'query', label: 'Of the query' },
];

/** How single series look; of several that mean a series the later one counts. */
export function OverrideRows({ overrides, names, queries, onChange }: OverrideRowsProps) {
  const letters = queries.map((_, index) => queryLetter(index));
  const start = { name: names[0] ?? '', regex: '.*', query: letters[0] ?? 'A' };
  return (
    <>
      <div className={styles.list}>
        {overrides.map((override, at) => {
          const set = (part: Partial<SeriesOverride>): void =>
            onChange(replacedAt(overrides, at, { ...override, ...part }));
          const { by, of } = override;
          return (
            <FormRow
              key={at}
              name={`Series ${at + 1}`}
              at={at}
              count={overrides.length}
              onMove={(to) => onChange(movedTo(overrides, at, to))}
              onRemove={() => onChange(removedAt(overrides, at))}
            >
              <div className={styles.fields}>
                <SelectField
                  label="Which series"
                  value={by}
                  options={WAYS}
                  onChange={({ target }) => {
                    const next = target.value as SeriesOverride['by'];
                    set({ by: next, of: start[next] });
                  }}
                />
                {by === 'query' ? (
                  <SelectField
                    label="Query"
                    value={of}
                    options={[...new Set([...letters, of])].map((letter) => ({ value: letter, label: letter }))}
                    onChange={({ target }) => set({ of: target.value })}
                  />
                ) : (
                  <NameField
                    label={by === 'name' ? 'Name' : 'Pattern'}
                    className={styles.wide ?? ''}
                    names={by === 'name' ? names : []}
                    value={of}
                    maxLength={500}
                    error={by === 'regex' && namePattern(of) === undefined ? 'no regular expression' : undefined}
                    hint={noteOf(override, names)}
                    onChange={({ target }) => set({ of: target.value })}
                  />
                )}
              </div>
              <LookFields look={override.look} onChange={(look) => set({ look })} />
            </FormRow>
          );
        })}
      </div>
      <span>
        <Button
          disabled={overrides.length >= MAX}
          onClick={() => onChange([...overrides, { by: 'name', of: start.name, look: {} }])}
        >
          <IconPlus size={15} /> Add series
        </Button>
      </span>
    </>
  );
}

/** How many series of now are meant; names after an override are not looked for. */
function noteOf({ by, of }: SeriesOverride, names: readonly string[]): string {
  if (names.length === 0) return '';
  const pattern = by === 'regex' ? namePattern(of) : undefined;
  const count = names.filter((name) => (by === 'name' ? name === of : pattern?.test(name) === true)).length;
  return count === 0 ? 'no series is called so now' : `${count} of ${names.length} series`;
}
