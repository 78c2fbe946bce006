import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../../domain/project.ts';
import {
  DEFAULT_SCRATCH_FIT,
  MAX_SCRATCH_BYTES,
  scratchBytes,
} from '../../../domain/scratchFit.ts';
import { DEFAULT_TWO_CONVOLUTIONS } from '../../../domain/twoConvolutions.ts';
import { useAppState } from '../../../state/useAppState.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import styles from './OwnBaseCard.module.css';
import { OwnBaseFacts } from './OwnBaseFacts.tsx';
import { OwnBaseFields } from './OwnBaseFields.tsx';
import { OwnBaseResult } from './OwnBaseResult.tsx';
import { ScratchProgress } from './ScratchProgress.tsx';
import { useIsScratchBusy } from './useIsScratchBusy.ts';

/** A network trained from scratch on the project's photos, to be a base for others. */
export function OwnBaseCard({ project }: { readonly project: Project }) {
  const { t } = useTranslation('ownBase');
  const samples = useAppState((state) => state.samples);
  const status = useAppState((state) => state.ownBase);
  const trainOwnBase = useAppState((state) => state.trainOwnBase);
  const isBusy = useIsScratchBusy();
  const [settings, setSettings] = useState(DEFAULT_TWO_CONVOLUTIONS);
  const [fit, setFit] = useState(DEFAULT_SCRATCH_FIT);
  const [typedName, setName] = useState<string | null>(null);
  const name = typedName ?? t('defaultName', { project: project.name });
  const numClasses = project.classLabels.length;
  const numPhotos = samples.length;
  const isTooFew = new Set(samples.map(({ classLabelId }) => classLabelId)).size < 2;
  const isTooLarge = scratchBytes(settings, fit, numPhotos, numClasses) > MAX_SCRATCH_BYTES;
  return (
    <Card as="section" aria-labelledby="own-base">
      <h2 id="own-base">{t('title')}</h2>
      <p className={styles['lead']}>{t('lead')}</p>
      <div className={styles['name']}>
        <TextField
          label={t('name')}
          value={name}
          onChange={setName}
          input={{ maxLength: 80, disabled: isBusy }}
        />
      </div>
      <details className={styles['settings']}>
        <summary>{t('settings')}</summary>
        <OwnBaseFields
          settings={settings}
          fit={fit}
          isDisabled={isBusy}
          onSettings={setSettings}
          onFit={setFit}
        />
      </details>
      <OwnBaseFacts settings={settings} fit={fit} numPhotos={numPhotos} numClasses={numClasses} />
      {isTooFew ? <p className={styles['note']}>{t('tooFew')}</p> : null}
      {status.status === 'computing' || status.status === 'fitting' ? null : (
        <Button
          disabled={isBusy || isTooFew || isTooLarge || name.trim() === ''}
          onClick={() => void trainOwnBase({ name: name.trim(), settings, fit })}
        >
          {t('train')}
        </Button>
      )}
      <ScratchProgress status={status} />
      <OwnBaseResult />
    </Card>
  );
}
