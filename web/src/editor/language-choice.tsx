import type { Language } from '#core/api/text-query.ts';
import styles from './editor.module.css';
import { LANGUAGE_LABELS } from './languages.ts';

export type LanguageChoiceProps = {
  readonly label: string;
  readonly value: Language;
  readonly onChange: (language: Language) => void;
};

/** The language of a query. What can be said in another language is translated when it is chosen. */
export function LanguageChoice({ label, value, onChange }: LanguageChoiceProps) {
  return (
    <fieldset className={styles.languages} aria-label={label}>
      {LANGUAGE_LABELS.map((language) => (
        <button
          key={language.value}
          type="button"
          className={styles.language}
          aria-pressed={language.value === value}
          onClick={() => language.value !== value && onChange(language.value)}
        >
          {language.label}
        </button>
      ))}
    </fieldset>
  );
}
