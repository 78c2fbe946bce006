import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FETCHABLE_HOSTS } from '../../state/fetchableHosts.ts';
import { Button } from '../../ui/Button.tsx';
import { DownloadIcon } from '../../ui/icons.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './BaseUrlForm.module.css';

interface BaseUrlFormProps {
  readonly isDisabled: boolean;
  readonly onAdd: (url: string, isHeadless: boolean) => void;
}

/** Fetches a network from an address, as far as the page's policy lets it. */
export function BaseUrlForm({ isDisabled, onAdd }: BaseUrlFormProps) {
  const { t } = useTranslation('base');
  const [url, setUrl] = useState('');
  const [isHeadless, setIsHeadless] = useState(true);
  const [isInvalid, setIsInvalid] = useState(false);
  return (
    <form
      className={styles['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const isAddress = URL.canParse(url, location.href) && url.trim() !== '';
        setIsInvalid(!isAddress);
        if (isAddress) onAdd(new URL(url.trim(), location.href).href, isHeadless);
      }}
    >
      <div className={styles['row']}>
        <TextField
          label={t('add.url')}
          hint={t('add.urlHint', { hosts: FETCHABLE_HOSTS.join(', ') })}
          error={isInvalid ? t('add.urlInvalid') : undefined}
          input={{ type: 'url', placeholder: 'https://', spellCheck: false }}
          value={url}
          onChange={(value) => {
            setUrl(value);
            setIsInvalid(false);
          }}
        />
        <Button type="submit" icon={<DownloadIcon />} disabled={isDisabled}>
          {t('add.fromUrl')}
        </Button>
      </div>
      <label className={styles['option']}>
        <input
          type="checkbox"
          checked={isHeadless}
          onChange={(event) => {
            setIsHeadless(event.target.checked);
          }}
        />
        {t('add.headless')}
      </label>
    </form>
  );
}
