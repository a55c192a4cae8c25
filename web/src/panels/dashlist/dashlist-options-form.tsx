import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useApi } from '#web/data/data-context.ts';
import type { OptionsFormProps } from '#web/panels/panel-type.ts';
import { readOptions } from '#web/panels/read-options.ts';
import { Field, SelectField } from '#web/ui/field.tsx';
import { allDashboards } from './all-dashboards.ts';
import { DashListOptions } from './options.ts';

const ORDERS = [
  { value: 'title', label: 'By title' },
  { value: 'saved', label: 'Last saved first' },
];

/** Edits which dashboards a list shows. */
export function DashListOptionsForm({ options, onChange }: OptionsFormProps) {
  const { tags, words, limit, order } = readOptions(DashListOptions, options);
  const { data = [] } = useQuery(allDashboards(useApi()));
  const known = [...new Set(data.flatMap(({ dashboard }) => dashboard.tags))].sort();
  const id = useId();
  const change = (part: Partial<DashListOptions>): void => onChange({ ...options, ...part });
  return (
    <>
      <Field
        key={tags.join()}
        label="Tags"
        list={id}
        hint={known.length === 0 ? 'no dashboard has tags yet' : 'all of them; separated by commas'}
        placeholder="any"
        defaultValue={tags.join(', ')}
        onBlur={({ target }) => change({ tags: tagsOf(target.value) })}
      />
      <datalist id={id}>
        {known.map((tag) => (
          <option key={tag}>{tag}</option>
        ))}
      </datalist>
      <Field
        label="Words of the title"
        placeholder="any"
        value={words}
        onChange={({ target }) => change({ words: target.value })}
      />
      <SelectField
        label="Order"
        options={ORDERS}
        value={order}
        onChange={({ target }) => change({ order: target.value === 'saved' ? 'saved' : 'title' })}
      />
      <Field
        label="At most"
        type="number"
        min={0}
        placeholder="all"
        value={limit === 0 ? '' : limit}
        onChange={({ target }) => change({ limit: Math.max(0, Math.round(target.valueAsNumber || 0)) })}
      />
    </>
  );
}

function tagsOf(text: string): string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '');
}
