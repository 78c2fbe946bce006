import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DEFAULT_AUGMENTATION } from '../../../domain/augmentation.ts';
import { useAppState } from '../../../state/useAppState.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { UndoIcon } from '../../../ui/icons.tsx';
import { AugmentationField } from './AugmentationField.tsx';
import styles from './augmentation.module.css';
import { OperationFields } from './OperationFields.tsx';
import { hasOperation, withDefaultOperations } from './operations.ts';
import { ViewCost } from './ViewCost.tsx';

/** Views of training photos: how many, what is done in them, what they look like and cost. */
export function AugmentationPanel() {
  const { t } = useTranslation('views');
  const project = useAppState((state) => state.project);
  const samples = useAppState((state) => state.samples);
  const setAugmentation = useAppState((state) => state.setAugmentation);
  const isBusy = useAppState(
    ({ training: { status } }) => status !== 'idle' && status !== 'failed',
  );
  const [example, setExample] = useState(0);
  if (project === null) return null;
  const settings = project.augmentation ?? DEFAULT_AUGMENTATION;
  const fields = {
    settings,
    isDisabled: isBusy,
    onChange: (changed: typeof settings) => void setAugmentation(changed),
  };
  const isOn = settings.numViews > 0;
  return (
    <Card as="section" aria-labelledby="augmentation">
      <h2 id="augmentation">{t('title')}</h2>
      <p className={styles['lead']}>{t('lead')}</p>
      <div className={styles['basics']}>
        <AugmentationField field="numViews" {...fields} />
        {isOn ? <AugmentationField field="seed" {...fields} /> : null}
      </div>
      {isOn ? (
        <>
          <OperationFields
            imageHash={samples[example % Math.max(samples.length, 1)]?.imageHash}
            {...fields}
          />
          <div className={styles['cost']} role="status">
            {hasOperation(settings) ? <ViewCost project={project} /> : <p>{t('noOperation')}</p>}
          </div>
          <div className={styles['actions']}>
            <Button
              variant="secondary"
              onClick={() => {
                setExample((before) => before + 1);
              }}
            >
              {t('another')}
            </Button>
            <Button
              variant="quiet"
              icon={<UndoIcon />}
              disabled={isBusy}
              onClick={() => {
                fields.onChange(withDefaultOperations(settings));
              }}
            >
              {t('reset')}
            </Button>
          </div>
        </>
      ) : null}
    </Card>
  );
}
