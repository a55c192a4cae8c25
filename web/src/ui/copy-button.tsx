import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from './button.tsx';
import { copyText } from './copy-text.ts';

/** Copies a text and says so. */
export function CopyButton({ text, label = 'Copy' }: { readonly text: string; readonly label?: string }) {
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'failed'>('idle');
  const copy = async (): Promise<void> => setOutcome((await copyText(text)) ? 'copied' : 'failed');
  return (
    <Button look="quiet" aria-label={label} title={label} onClick={() => void copy()} onBlur={() => setOutcome('idle')}>
      {outcome === 'copied' ? <IconCheck size={15} /> : <IconCopy size={15} />}
      <output className={outcome === 'failed' ? undefined : 'visually-hidden'}>
        {outcome === 'copied' ? 'Copied' : outcome === 'failed' ? 'Select and copy by hand' : ''}
      </output>
    </Button>
  );
}
