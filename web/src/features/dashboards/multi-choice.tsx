import { ALL_VALUES } from '#core/api/dashboard.ts';
import { Popover } from '#web/ui/popover.tsx';
import { printChoice, readChoice } from './choice-text.ts';
import styles from './dashboard.module.css';

export type MultiChoiceProps = {
  readonly label: string;
  readonly text: string;
  readonly offered: readonly string[];
  readonly includeAll: boolean;
  readonly onChange: (text: string) => void;
};

const SAID = 2;

/** Several of what is offered, or all. */
export function MultiChoice({ label, text, offered, includeAll, onChange }: MultiChoiceProps) {
  const isAll = text === ALL_VALUES;
  const chosen = isAll ? [] : readChoice(text);
  const all = [...chosen.filter((value) => !offered.includes(value)), ...offered];
  const toggle = (value: string): void => {
    const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
    onChange(next.length === 0 && includeAll ? ALL_VALUES : printChoice(next));
  };
  const said = isAll ? 'All' : chosen.slice(0, SAID).join(', ') || 'none';
  const rest = chosen.length - SAID;
  return (
    <div className={styles.multi}>
      <span>{label}</span>
      <Popover label={`${label}: ${said}`} button={rest > 0 ? `${said} +${rest}` : said}>
        {() => (
          <fieldset className={styles.choices} aria-label={label}>
            {includeAll && (
              <label className={styles.choice}>
                <input type="checkbox" checked={isAll} onChange={() => onChange(ALL_VALUES)} /> All
              </label>
            )}
            {all.map((value) => (
              <label key={value} className={styles.choice}>
                <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />{' '}
                {value === '' ? '(none)' : value}
              </label>
            ))}
          </fieldset>
        )}
      </Popover>
    </div>
  );
}
