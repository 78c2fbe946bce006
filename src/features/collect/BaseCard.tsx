import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { BaseOffer } from '../../domain/baseModel.ts';
import type { BaseId, ProjectId } from '../../domain/ids.ts';
import type { BaseAvailability, KnownBase } from '../../state/appState.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format.ts';
import { DownloadIcon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/messages.ts';
import { NoticeBar } from '../../ui/NoticeBar.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { stepHref } from '../../ui/route.ts';
import styles from './BaseCard.module.css';

interface BaseCardProps {
  readonly projectId: ProjectId;
  readonly baseId: BaseId;
}

/** Which base the project uses, and the way to a better one. The Base step has all of them. */
export function BaseCard({ projectId, baseId }: BaseCardProps) {
  const { t } = useTranslation('collect');
  const bases = useAppState((state) => state.bases);
  const loadBases = useAppState((state) => state.loadBases);
  useEffect(() => void loadBases(), [loadBases]);
  const inUse = bases.find(({ base }) => base.id === baseId);
  return (
    <Card as="section">
      <div className={styles['rows']}>
        <h2 className={styles['title']}>{t('base.title')}</h2>
        {inUse === undefined ? null : (
          <div>
            <p className={styles['name']}>{t('base.inUse', { name: inUse.base.name })}</p>
            <p className={styles['text']}>{t(`base.${inUse.base.quality}`)}</p>
          </div>
        )}
        {offersFor(bases, inUse).map(({ base, availability }) => (
          <OfferedBase key={base.id} base={base} availability={availability} />
        ))}
        <a href={stepHref(projectId, 'base')}>{t('base.all')}</a>
      </div>
    </Card>
  );
}

/** The project's own base where it is not at hand; beside a coarse one the first that is better. */
function offersFor(
  bases: readonly KnownBase[],
  inUse: KnownBase | undefined,
): readonly KnownBase[] {
  const own = inUse === undefined || inUse.availability.status === 'ready' ? [] : [inUse];
  if (inUse !== undefined && inUse.base.quality !== 'coarse') return own;
  const good = bases.filter(({ base }) => base.quality === 'good');
  const better = good.find(({ model }) => model !== null) ?? good[0];
  return better === undefined ? own : [...own, better];
}

interface OfferedBaseProps {
  readonly base: BaseOffer;
  readonly availability: BaseAvailability;
}

function OfferedBase({ base, availability }: OfferedBaseProps) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const messages = useMessages();
  const downloadBase = useAppState((state) => state.downloadBase);
  const cancelDownload = useAppState((state) => state.cancelDownload);
  const { name } = base;
  const download = () => void downloadBase(base.id);
  switch (availability.status) {
    case 'ready':
      return <UseBase base={base} />;
    case 'downloading': {
      const { bytesDone, bytesTotal } = availability;
      return (
        <ProgressBar
          label={t('base.downloading', { name })}
          share={bytesTotal === 0 ? null : bytesDone / bytesTotal}
          detail={t('base.downloaded', {
            done: format.bytes(bytesDone),
            total: format.bytes(bytesTotal),
          })}
          onCancel={() => cancelDownload(base.id)}
        />
      );
    }
    case 'failed':
      return (
        <>
          <div role="alert">
            <NoticeBar tone="danger">{messages.failure(availability.failure)}</NoticeBar>
          </div>
          <Button onClick={download}>{t('base.retry')}</Button>
        </>
      );
    case 'not-stored':
      return (
        <>
          <p className={styles['text']}>
            {t('base.offer', {
              name,
              size: format.bytes(base.sizeBytes),
              host: new URL(base.addresses[0] ?? '', location.href).host,
            })}
          </p>
          <Button icon={<DownloadIcon />} onClick={download}>
            {t('base.download', { name })}
          </Button>
        </>
      );
  }
}

function UseBase({ base }: { readonly base: BaseOffer }) {
  const { t } = useTranslation('collect');
  const setBase = useAppState((state) => state.setBase);
  const hasRuns = useAppState((state) => state.runs.length > 0);
  return (
    <>
      {hasRuns ? <p className={styles['text']}>{t('base.retrain')}</p> : null}
      <Button onClick={() => void setBase(base.id)}>{t('base.use', { name: base.name })}</Button>
    </>
  );
}
