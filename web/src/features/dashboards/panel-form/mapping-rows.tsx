import { IconPlus } from '@tabler/icons-react';
import type { ValueMapping } from '#core/api/panel-display.ts';
import { Button } from '#web/ui/button.tsx';
import { Field, SelectField } from '#web/ui/field.tsx';
import { ColourField } from './colour-field.tsx';
import styles from './form.module.css';
import { FormRow } from './form-row.tsx';
import { filledOf, movedTo, removedAt, replacedAt } from './list-edits.ts';
import { MappingCondition, type MappingConditionProps, ofKind } from './mapping-condition.tsx';

export type MappingRowsProps = {
  readonly mappings: readonly ValueMapping[];
  readonly onChange: (mappings: ValueMapping[]) => void;
};

const MAX = 100;
const KINDS: readonly { readonly value: ValueMapping['kind']; readonly label: string }[] = [
  { value: 'value', label: 'One value' },
  { value: 'range', label: 'From … to …' },
  { value: 'regex', label: 'Fits a pattern' },
  { value: 'special', label: 'No value, infinite' },
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

function MappingFields({ mapping, onChange }: MappingConditionProps) {
  const { text, colour } = mapping;
  return (
    <div className={styles.fields}>
      <SelectField
        label="When it is"
        value={mapping.kind}
        options={KINDS}
        onChange={({ target }) => onChange(ofKind(target.value as ValueMapping['kind'], mapping))}
      />
      <MappingCondition mapping={mapping} onChange={onChange} />
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
