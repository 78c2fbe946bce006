import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CompletedRun } from '../../domain/trainingRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import type { MatrixCell } from '../../ui/charts/ConfusionMatrix.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { CloseIcon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/messages.ts';
import { cellPhotos, type HeldOutPart } from './cellPhotos.ts';
import { OutcomePhoto } from './OutcomePhoto.tsx';
import { useOutcomes } from './useOutcomes.ts';
import styles from './CellPhotosCard.module.css';

/** Photos shown at first, and added by each press of the button. */
const PAGE_SIZE = 24;

interface CellPhotosCardProps {
  readonly run: CompletedRun;
  readonly part: HeldOutPart;
  readonly cell: MatrixCell;
  readonly title: string;
  readonly onClose: () => void;
}

/** The photos behind one cell, with what the model thought of each. Takes the focus when it opens. */
export function CellPhotosCard({ run, part, cell, title, onClose }: CellPhotosCardProps) {
  const { t } = useTranslation('evaluate');
  const messages = useMessages();
  const samples = useAppState((state) => state.samples);
  const outcomes = useOutcomes(run.headId);
  const [numShown, setNumShown] = useState(PAGE_SIZE);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);

  const { labels } = run.classifier;
  const photos =
    outcomes.status === 'ready'
      ? cellPhotos(outcomes.outcomes, { part, ...cell, numClasses: labels.length }, samples)
      : [];
  return (
    <Card as="section" aria-labelledby="cell-photos">
      <header className={styles['header']}>
        <h2 id="cell-photos" ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <IconButton label={t('photos.close')} icon={<CloseIcon />} onClick={onClose} />
      </header>
      {outcomes.status === 'failed' ? (
        <p role="alert">{messages.failure(outcomes.failure)}</p>
      ) : null}
      <ul className={styles['photos']}>
        {photos.slice(0, numShown).map((photo) => (
          <li key={photo.sampleId}>
            <OutcomePhoto photo={photo} run={run} trueIndex={cell.trueIndex} />
          </li>
        ))}
      </ul>
      {photos.length <= numShown ? null : (
        <Button
          onClick={() => {
            setNumShown(numShown + PAGE_SIZE);
          }}
        >
          {t('photos.more')}
        </Button>
      )}
    </Card>
  );
}
