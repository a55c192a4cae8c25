import { useQuery } from '@tanstack/react-query';
import type { FunctionHelp } from '#core/api/text-query.ts';
import { useApi } from '#web/data/data-context.ts';
import type { CallAt } from './call-at.ts';
import styles from './editor.module.css';
import type { HelpedLanguage } from './load-language.ts';
import { functionsQuery } from './use-language-tools.ts';

export type SignatureHelpProps = {
  readonly language: HelpedLanguage;
  readonly call: CallAt;
};

/** The function that is being called, with the argument that is being written. */
export function SignatureHelp({ language, call }: SignatureHelpProps) {
  const { data } = useQuery(functionsQuery(useApi(), language));
  const found =
    data?.find(({ name }) => name === call.name) ??
    (language === 'sql' ? data?.find(({ name }) => name.toLowerCase() === call.name.toLowerCase()) : undefined);
  if (found === undefined) return null;
  const parts = partsOf(found, call.argument);
  return (
    <p className={styles.signature}>
      <code>
        {found.name}(
        {parts.map(({ text, isActive }, index) => (
          <span key={index}>
            {index > 0 && ', '}
            {isActive ? <strong>{text}</strong> : text}
          </span>
        ))}
        )
      </code>{' '}
      {found.help}
    </p>
  );
}

function partsOf({ name, signature }: FunctionHelp, argument: number) {
  const inner = signature.slice(name.length + 1, -1);
  const texts = inner === '' ? [] : inner.split(', ').filter((text) => text !== '…]');
  const active = Math.min(argument, texts.length - 1);
  return texts.map((text, index) => ({ text, isActive: index === active }));
}
