import { useTranslation } from 'react-i18next';
import type { RunLabel } from '../../domain/trainingRun.ts';
import type { PredictedFile } from '../../state/appState.ts';
import { useAppState } from '../../state/useAppState.ts';
import { ClassSwatch } from '../../ui/ClassSwatch.tsx';
import { classColor } from '../../ui/classColors.ts';
import { useFormat } from '../../ui/format.ts';
import { WarningIcon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/messages.ts';
import { AddToClassMenu } from './AddToClassMenu.tsx';
import { answerOf } from './answer.ts';
import { PictureThumbnail } from './PictureThumbnail.tsx';
import styles from './PredictionTable.module.css';

interface PredictionRowProps {
  readonly file: PredictedFile;
  readonly labels: readonly RunLabel[];
  readonly rowIndex: number;
}

/** One file: the answer and how sure it is, or why there is none. */
export function PredictionRow({ file, labels, rowIndex }: PredictionRowProps) {
  const { fileName, picture, prediction } = file;
  const answer = answerOf(prediction);
  return (
    <tr aria-rowindex={rowIndex} className={styles['row']}>
      <td>{answer === null ? null : <PictureThumbnail picture={picture} />}</td>
      <th scope="row" className={styles['file']} title={fileName}>
        <span>{fileName}</span>
      </th>
      {prediction.status === 'rejected' ? (
        <Problem prediction={prediction} />
      ) : (
        <AnswerCells
          label={labels[answer?.classIndex ?? -1]}
          probability={answer?.probability ?? 0}
        />
      )}
      <td>{answer === null ? null : <AddPhoto file={file} />}</td>
    </tr>
  );
}

function AddPhoto({ file: { fileName, picture } }: { readonly file: PredictedFile }) {
  const { t } = useTranslation('predict');
  const addPicture = useAppState((state) => state.addPicture);
  return (
    <AddToClassMenu
      label={t('table.addFile', { fileName })}
      onChoose={(to) => void addPicture(picture, to, 'prediction')}
    />
  );
}

interface ProblemProps {
  readonly prediction: Extract<PredictedFile['prediction'], { status: 'rejected' }>;
}

function Problem({ prediction: { problem, detail } }: ProblemProps) {
  const messages = useMessages();
  return (
    <td colSpan={2}>
      <span className={styles['problem']}>
        <WarningIcon />
        {messages.problem(problem, detail)}
      </span>
    </td>
  );
}

interface AnswerCellsProps {
  readonly label: RunLabel | undefined;
  readonly probability: number;
}

function AnswerCells({ label, probability }: AnswerCellsProps) {
  const format = useFormat();
  const colorIndex = label?.colorIndex ?? 0;
  return (
    <>
      <td>
        <span className={styles['class']}>
          <ClassSwatch colorIndex={colorIndex} />
          <span>{label?.name}</span>
        </span>
      </td>
      <td>
        <span className={styles['probability']}>
          <span aria-hidden="true" className={styles['track']}>
            <span
              style={{ width: `${String(probability * 100)}%`, background: classColor(colorIndex) }}
            />
          </span>
          {format.percent(probability, 1)}
        </span>
      </td>
    </>
  );
}
