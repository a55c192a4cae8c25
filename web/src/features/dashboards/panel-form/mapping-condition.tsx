import type { ValueMapping } from '#core/api/panel-display.ts';
import { namePattern } from '#core/panel-data/name-pattern.ts';
import { Field, SelectField } from '#web/ui/field.tsx';
import { filledOf } from './list-edits.ts';
import { NumberField } from './number-field.tsx';

export type MappingConditionProps = {
  readonly mapping: ValueMapping;
  readonly onChange: (mapping: ValueMapping) => void;
};

const SPECIALS = [
  { value: 'empty', label: 'No value' },
  { value: 'infinite', label: 'Infinite' },
];

/** Which values a mapping means. */
export function MappingCondition({ mapping, onChange }: MappingConditionProps) {
  switch (mapping.kind) {
    case 'value':
      return (
        <Field
          label="Value"
          value={mapping.value}
          maxLength={200}
          onChange={({ target }) => onChange({ ...mapping, value: target.value })}
        />
      );
    case 'range': {
      const { from, to, ...rest } = mapping;
      return (
        <>
          <NumberField
            label="From"
            placeholder="open"
            value={from}
            onChange={(next) => onChange({ ...rest, ...filledOf({ from: next, to }) })}
          />
          <NumberField
            label="To"
            placeholder="open"
            value={to}
            onChange={(next) => onChange({ ...rest, ...filledOf({ from, to: next }) })}
          />
        </>
      );
    }
    case 'regex':
      return (
        <Field
          label="Pattern"
          value={mapping.pattern}
          maxLength={200}
          error={namePattern(mapping.pattern) === undefined ? 'no regular expression' : undefined}
          onChange={({ target }) => onChange({ ...mapping, pattern: target.value })}
        />
      );
    case 'special':
      return (
        <SelectField
          label="Which"
          value={mapping.match}
          options={SPECIALS}
          onChange={({ target }) => onChange({ ...mapping, match: target.value === 'infinite' ? 'infinite' : 'empty' })}
        />
      );
  }
}

/** A mapping of another kind with the same word and colour. */
export function ofKind(kind: ValueMapping['kind'], { text, colour }: ValueMapping): ValueMapping {
  const shown = { text, ...filledOf({ colour }) };
  switch (kind) {
    case 'value':
      return { kind, value: '0', ...shown };
    case 'range':
      return { kind, from: 0, ...shown };
    case 'regex':
      return { kind, pattern: '.*', ...shown };
    case 'special':
      return { kind, match: 'empty', ...shown };
  }
}
