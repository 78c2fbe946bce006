import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { useFormat } from '../../ui/format.ts';
import { DownloadIcon } from '../../ui/icons.tsx';
import styles from './BaseActions.module.css';

interface KeptPartProps {
  readonly name: string;
  readonly bytesKept: number;
  readonly onResume: () => void;
  readonly onDiscard: () => void;
}

/** A download that was stopped and can go on. */
export function KeptPart({ name, bytesKept, onResume, onDiscard }: KeptPartProps) {
  const { t } = useTranslation('base');
  const format = useFormat();
  return (
    <>
      <p>{t('kept', { size: format.bytes(bytesKept) })}</p>
      <div className={styles['buttons']}>
        <Button icon={<DownloadIcon />} aria-label={t('resumeName', { name })} onClick={onResume}>
          {t('resume')}
        </Button>
        <Button variant="quiet" aria-label={t('discardName', { name })} onClick={onDiscard}>
          {t('discard')}
        </Button>
      </div>
    </>
  );
}
