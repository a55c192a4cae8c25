import { useState } from 'react';
import { type Panel, PanelRepeat, TimeOffset } from '#core/api/dashboard.ts';
import type { VariableValues } from '#core/metric-query/variables.ts';
import { SelectField } from '#web/ui/field.tsx';
import { NameField } from './panel-form/name-field.tsx';

export type PanelTimeFieldsProps = {
  readonly panel: Panel;
  readonly values: VariableValues;
  readonly onChange: (panel: Panel) => void;
};

const NONE = '';
const OFFSETS = ['1h', '1d', '1w'];
const DIRECTIONS = [
  { value: 'h', label: 'Side by side' },
  { value: 'v', label: 'One below the other' },
];

/** Which times a panel shows, what is marked on it, and for which values it is repeated. */
export function PanelTimeFields({ panel, values, onChange }: PanelTimeFieldsProps) {
  const { repeat, annotations } = panel;
  return (
    <>
      <OffsetField label="Compare with so much earlier" name="compareWith" panel={panel} onChange={onChange} />
      <OffsetField label="Show so much earlier" name="timeShift" panel={panel} onChange={onChange} />
      <SelectField
        label="Events"
        options={[
          { value: 'yes', label: 'Marked' },
          { value: 'no', label: 'Not marked' },
        ]}
        value={annotations === false ? 'no' : 'yes'}
        onChange={({ target }) => {
          const { annotations: _old, ...rest } = panel;
          onChange(target.value === 'no' ? { ...rest, annotations: false } : rest);
        }}
      />
      <SelectField
        label="Repeat for each value of"
        options={[
          { value: NONE, label: 'nothing' },
          ...Object.keys(values).map((name) => ({ value: name, label: `$${name}` })),
        ]}
        value={repeat?.variable ?? NONE}
        onChange={({ target }) => {
          const { repeat: _old, ...rest } = panel;
          const variable = target.value;
          onChange(variable === NONE ? rest : { ...rest, repeat: PanelRepeat.parse({ ...repeat, variable }) });
        }}
      />
      {repeat !== undefined && (
        <SelectField
          label="Repeated"
          options={DIRECTIONS}
          value={repeat.direction}
          onChange={({ target }) =>
            onChange({ ...panel, repeat: { ...repeat, direction: target.value === 'v' ? 'v' : 'h' } })
          }
        />
      )}
    </>
  );
}

type OffsetFieldProps = Omit<PanelTimeFieldsProps, 'values'> & {
  readonly label: string;
  readonly name: 'compareWith' | 'timeShift';
};

function OffsetField({ label, name, panel, onChange }: OffsetFieldProps) {
  const [text, setText] = useState(panel[name] ?? '');
  const given = text.trim();
  const isOffset = TimeOffset.safeParse(given).success;
  return (
    <NameField
      label={label}
      placeholder="1d, 1w"
      names={OFFSETS}
      value={text}
      error={given === '' || isOffset ? undefined : 'a length of time: 1h, 1d, 1w'}
      onChange={({ target }) => {
        const { [name]: _old, ...rest } = panel;
        const next = TimeOffset.safeParse(target.value.trim());
        setText(target.value);
        onChange(next.success ? { ...rest, [name]: next.data } : rest);
      }}
    />
  );
}
