import { useTranslation } from 'react-i18next';
import type { BaseOffer } from '../../domain/baseModel.ts';
import type { KnownBase } from '../../state/appState.ts';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format.ts';
import { CheckIcon, WarningIcon } from '../../ui/icons.tsx';
import { BaseActions } from './BaseActions.tsx';
import styles from './BaseTile.module.css';

interface BaseTileProps {
  readonly known: KnownBase;
  readonly isInUse: boolean;
}

/** One network: what it is good at, what it costs, and what can be done with it. */
export function BaseTile({ known, isInUse }: BaseTileProps) {
  const { t } = useTranslation('base');
  const { base } = known;
  return (
    <Card as="li" aria-label={base.name}>
      <div className={styles['tile']}>
        <div className={styles['head']}>
          <h3 className={styles['name']}>{base.name}</h3>
          {isInUse ? (
            <span className={styles['inUse']}>
              <CheckIcon />
              {t('inUse')}
            </span>
          ) : null}
        </div>
        <p>
          <BaseUse base={base} />
        </p>
        <BaseFacts base={known.model ?? base} />
        <BaseState known={known} />
        <BaseActions known={known} isInUse={isInUse} />
      </div>
    </Card>
  );
}

/** What it is good for, or where it came from. */
function BaseUse({ base: { purpose, training } }: { readonly base: BaseOffer }) {
  const { t, i18n } = useTranslation(['base', 'ownBase']);
  if (purpose !== null) return t(`purpose.${purpose}`);
  if (training === undefined) return t('imported');
  const classes = new Intl.ListFormat(i18n.language).format(training.classNames);
  return t('ownBase:from', { project: training.projectName, classes });
}

function BaseFacts({ base }: { readonly base: BaseOffer }) {
  const { t } = useTranslation('base');
  const format = useFormat();
  const size = format.bytes(base.sizeBytes);
  const facts = [
    [t('fact.size'), base.isSizeExact ? size : t('fact.about', { size })],
    [t('fact.input'), `${format.number(base.inputWidth)} × ${format.number(base.inputHeight)}`],
    [t('fact.parameters'), format.number(base.numParameters)],
    [t('fact.licence'), base.licence ?? t('fact.licenceUnknown')],
  ] as const;
  return (
    <dl className={styles['facts']}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Whether it is here, and whether anybody has vouched for it. */
function BaseState({ known: { base, model, availability } }: { readonly known: KnownBase }) {
  const { t } = useTranslation('base');
  const format = useFormat();
  if (base.origin === 'catalogue' && !base.isVerified && model === null) {
    return (
      <p className={styles['unverified']}>
        <WarningIcon />
        {t('unverified')}
      </p>
    );
  }
  if (availability.status !== 'ready') return null;
  const { storedBytes } = availability;
  // Its purpose says so already.
  if (base.purpose === 'start') return null;
  return (
    <p className={styles['state']}>
      {storedBytes === null ? t('bundled') : t('stored', { size: format.bytes(storedBytes) })}
    </p>
  );
}
