import { IconPlus } from '@tabler/icons-react';
import type { DataLink } from '#core/api/panel-display.ts';
import type { VariableValues } from '#core/metric-query/variables.ts';
import { isSafeUrl } from '#core/panel-data/link-url.ts';
import { Button } from '#web/ui/button.tsx';
import { Field, SelectField } from '#web/ui/field.tsx';
import { CheckList } from './check-list.tsx';
import styles from './form.module.css';
import { FormRow } from './form-row.tsx';
import { movedTo, removedAt, replacedAt } from './list-edits.ts';
import { NameField } from './name-field.tsx';

export type LinkRowsProps = {
  readonly links: readonly DataLink[];
  /** Labels that the panel's series have now. */
  readonly labels: readonly string[];
  readonly values: VariableValues;
  readonly onChange: (links: DataLink[]) => void;
};

const MAX = 30;
const PLACES = [
  { value: 'panel', label: 'Of the panel' },
  { value: 'series', label: 'Of each series' },
];
const OF_ALL = ['${__url_time_range}', '${__from}', '${__to}'];
const OF_SERIES = ['${__field.name}', '${__value}', '${__value.time}'];
const OFFERED_LABELS = 12;

/** Where a panel and its series lead. */
export function LinkRows({ links, labels, values, onChange }: LinkRowsProps) {
  return (
    <>
      <div className={styles.list}>
        {links.map((link, at) => {
          const set = (part: Partial<DataLink>): void => onChange(replacedAt(links, at, { ...link, ...part }));
          const placeholders = placeholdersOf(link, labels, values);
          return (
            <FormRow
              key={at}
              name={`Link ${at + 1}`}
              at={at}
              count={links.length}
              onMove={(to) => onChange(movedTo(links, at, to))}
              onRemove={() => onChange(removedAt(links, at))}
            >
              <div className={styles.fields}>
                <SelectField
                  label="Stands"
                  value={link.of}
                  options={PLACES}
                  onChange={({ target }) => set({ of: target.value === 'series' ? 'series' : 'panel' })}
                />
                <Field
                  label="Words"
                  placeholder="its address"
                  value={link.title}
                  maxLength={200}
                  onChange={({ target }) => set({ title: target.value })}
                />
                <NameField
                  label="Address"
                  className={styles.wide ?? ''}
                  names={['/logs?${__url_time_range}', '/explore', '/hosts/${__field.labels.host}']}
                  value={link.url}
                  maxLength={2_000}
                  error={errorOf(link)}
                  onChange={({ target }) => set({ url: target.value })}
                />
              </div>
              <p className={styles.help}>
                It may hold{' '}
                {placeholders.map((placeholder) => (
                  <button
                    key={placeholder}
                    type="button"
                    className={styles.placeholder}
                    title={`Put ${placeholder} at the end of the address`}
                    onClick={() => set({ url: link.url + placeholder })}
                  >
                    {placeholder}
                  </button>
                ))}
              </p>
              <CheckList
                label="Opens"
                chosen={link.newTab ? ['tab'] : []}
                offered={[{ value: 'tab', label: 'In a new tab' }]}
                onChange={(chosen) => set({ newTab: chosen.length > 0 })}
              />
            </FormRow>
          );
        })}
      </div>
      <span>
        <Button
          disabled={links.length >= MAX}
          onClick={() =>
            onChange([...links, { title: 'Logs', url: '/logs?${__url_time_range}', of: 'panel', newTab: false }])
          }
        >
          <IconPlus size={15} /> Add link
        </Button>
      </span>
    </>
  );
}

function placeholdersOf({ of }: DataLink, labels: readonly string[], values: VariableValues): string[] {
  const named = labels.filter((label) => /^\w+$/.test(label)).slice(0, OFFERED_LABELS);
  const ofSeries = of === 'series' ? [...OF_SERIES, ...named.map((label) => `\${__field.labels.${label}}`)] : [];
  return [...OF_ALL, ...ofSeries, ...Object.keys(values).map((name) => `\${${name}}`)];
}

function errorOf({ url }: DataLink): string | undefined {
  if (url === '') return 'a link needs an address';
  const bare = url.replace(/^\$\{?\w+\}?/, 'https://x');
  return isSafeUrl(bare) ? undefined : 'only http, https and pages of this site';
}
