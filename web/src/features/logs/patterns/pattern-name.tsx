import { IconTag } from '@tabler/icons-react';
import { type SubmitEvent, useState } from 'react';
import { type LogPattern, MAX_PATTERN_NAME } from '#core/api/log-patterns.ts';
import { Button } from '#web/ui/button.tsx';
import { Field } from '#web/ui/field.tsx';
import { focusOnMount } from '#web/ui/focus-on-mount.ts';
import { Popover } from '#web/ui/popover.tsx';
import styles from './patterns.module.css';
import type { PatternActions } from './use-patterns.ts';

type PatternNameProps = {
  readonly pattern: LogPattern;
  readonly actions: PatternActions;
  readonly disabled: boolean;
};

/** Gives a pattern a name, which searches understand: `pattern:"the name"`. */
export function PatternName({ pattern: { id, name }, actions: { change }, disabled }: PatternNameProps) {
  const [text, setText] = useState(name);
  if (disabled) return null;
  return (
    <Popover
      label={name === '' ? 'Name this pattern' : 'Rename this pattern'}
      button={
        <>
          <IconTag size={15} aria-hidden="true" /> {name === '' ? 'Name' : 'Rename'}
        </>
      }
    >
      {(close) => (
        <form
          className={styles.form}
          onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
            event.preventDefault();
            change.mutate({ id, name: text.trim() });
            close();
          }}
        >
          <Field
            label="Name"
            value={text}
            maxLength={MAX_PATTERN_NAME}
            ref={focusOnMount}
            onChange={({ target }) => setText(target.value)}
          />
          <Button type="submit" look="solid">
            {text.trim() === '' ? 'Take the name away' : 'Save'}
          </Button>
        </form>
      )}
    </Popover>
  );
}
