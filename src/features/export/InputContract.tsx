import { useTranslation } from 'react-i18next';
import type { ExportFormat } from '../../domain/exportFormat.ts';
import { numInputChannels } from '../../domain/preprocessing.ts';
import type { ClassifierSpec } from '../../domain/trainingRun.ts';
import { useFormat } from '../../ui/format.ts';
import styles from './ExportPage.module.css';
import type { FORMAT_CONTENTS } from './formatContents.ts';

const RANGE_KEYS = {
  teachableMachine: 'contract.rangeValue',
  own: 'contract.rangeOwn',
  pixels: 'contract.rangePixels',
} as const;

/** What the model wants as input and gives as output, for whoever builds on it. */
export function InputContract({
  classifier,
  input,
}: {
  readonly classifier: ClassifierSpec;
  readonly input: NonNullable<(typeof FORMAT_CONTENTS)[ExportFormat]['input']>;
}) {
  const { t } = useTranslation('export');
  const format = useFormat();
  const { preprocessing, labels } = classifier;
  const { inputHeight, inputWidth, framing } = preprocessing;
  const numChannels = input === 'pixels' ? 3 : numInputChannels(preprocessing);
  const isGrey = input === 'teachableMachine' && numChannels === 1;
  const numClasses = format.number(labels.length);
  const rows =
    input === 'photos'
      ? ([
          ['shape', t('contract.photos')],
          ['framing', t(`framing.${framing}`)],
          ['output', t('contract.outputOnPage', { number: numClasses })],
        ] as const)
      : ([
          ['shape', `[N, ${String(inputHeight)}, ${String(inputWidth)}, ${String(numChannels)}]`],
          ['framing', t(`framing.${framing}`)],
          ['range', t(isGrey ? 'contract.rangeGrey' : RANGE_KEYS[input])],
          ['output', t('contract.outputValue', { number: numClasses })],
        ] as const);
  return (
    <>
      <h3 className={styles['heading']}>{t('contract.title')}</h3>
      <table className={styles['contract']}>
        <tbody>
          {rows.map(([key, value]) => (
            <tr key={key}>
              <th scope="row">{t(`contract.${key}`)}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
