import { IconPlus } from '@tabler/icons-react';
import type { ValueMapping } from '#core/api/panel-display.ts';
import { namePattern } from '#core/panel-data/name-pattern.ts';
import { Button } from '#web/ui/button.tsx';
import { Field, SelectField } from '#web/ui/field.tsx';
import { ColourField } from './colour-field.tsx';
import styles from './form.module.css';
import { FormRow } from './form-row.tsx';
import { filledOf, movedTo, removedAt, replacedAt } from './list-edits.ts';
import { NumberField } from './number-field.tsx';

export type MappingRowsProps = {
  readonly mappings: readonly ValueMapping[];
  readonly onChange: (mappings: ValueMapping[]) => void;
};

type Kind = ValueMapping['kind'];

const MAX = 100;
const KINDS: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: 'value', label: 'One value' },
  { value: 'range', label: 'From … to …' },
  { value: 'regex', label: 'Fits a pattern' },
  { value: 'special', label: 'No value, infinite' },
];
const SPECIALS = [
  { value: 'empty', label: 'No value' },
  { value: 'infinite', label: 'Infinite' },
];

/** Words and colours in place of values; the first that fits counts. */
export function MappingRows({ mappings, onChange }: MappingRowsProps) {
  return (
    <>
      <div className={styles.list}>
        {mappings.map((mapping, at) => (
          <FormRow
            key={at}
            name={`Word ${at + 1}`}
            at={at}
            count={mappings.length}
            onMove={(to) => onChange(movedTo(mappings, at, to))}
            onRemove={() => onChange(removedAt(mappings, at))}
          >
            <MappingFields mapping={mapping} onChange={(next) => onChange(replacedAt(mappings, at, next))} />
          </FormRow>
        ))}
      </div>
      <span>
        <Button
          disabled={mappings.length >= MAX}
          onClick={() => onChange([...mappings, { kind: 'value', value: '0', text: 'down', colour: 'critical' }])}
        >
          <IconPlus size={15} /> Add word
        </Button>
      </span>
    </>
  );
}

type FieldsProps = { readonly mapping: ValueMapping; readonly onChange: (mapping: ValueMapping) => void };

function MappingFields({ mapping, onChange }: FieldsProps) {
  const { text, colour } = mapping;
  return (
    <div className={styles.fields}>
      <SelectField
        label="When it is"
        value={mapping.kind}
        options={KINDS}
        onChange={({ target }) => onChange(ofKind(target.value as Kind, mapping))}
      />
      <Condition mapping={mapping} onChange={onChange} />
      <Field
        label="Show"
        placeholder="the number"
        value={text}
        maxLength={200}
        onChange={({ target }) => onChange({ ...mapping, text: target.value })}
      />
      <ColourField
        label="Colour"
        none="By the limits"
        value={colour}
        onChange={(next) => {
          const { colour: _old, ...rest } = mapping;
          onChange({ ...rest, ...filledOf({ colour: next }) });
        }}
      />
    </div>
  );
}

function Condition({ mapping, onChange }: FieldsProps) {
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
function ofKind(kind: Kind, { text, colour }: ValueMapping): ValueMapping {
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
