import { useTranslation } from 'react-i18next';
import { numInputChannels } from '../../domain/preprocessing.ts';
import type { ClassifierSpec } from '../../domain/trainingRun.ts';
import { useFormat } from '../../ui/format.ts';
import styles from './ExportPage.module.css';

/** What the model wants as input and gives as output, for whoever builds on it. */
export function InputContract({
  classifier,
  isOpaque,
}: {
  readonly classifier: ClassifierSpec;
  readonly isOpaque: boolean;
}) {
  const { t } = useTranslation('export');
  const format = useFormat();
  const { preprocessing, labels } = classifier;
  const { inputHeight, inputWidth, framing } = preprocessing;
  const numChannels = numInputChannels(preprocessing);
  const colours = numChannels === 1 ? 'contract.rangeGrey' : 'contract.rangeValue';
  const rows = [
    ['shape', `[1, ${String(inputHeight)}, ${String(inputWidth)}, ${String(numChannels)}]`],
    ['framing', t(`framing.${framing}`)],
    ['range', t(isOpaque ? 'contract.rangeOwn' : colours)],
    ['output', t('contract.outputValue', { number: format.number(labels.length) })],
  ] as const;
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
