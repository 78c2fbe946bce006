import { useTranslation } from 'react-i18next';
import type { ClassifierSpec } from '../../domain/trainingRun.ts';
import { useFormat } from '../../ui/format.ts';
import styles from './ExportPage.module.css';

/** What the model wants as input and gives as output, for whoever builds on it. */
export function InputContract({ classifier }: { readonly classifier: ClassifierSpec }) {
  const { t } = useTranslation('export');
  const format = useFormat();
  const { preprocessing, labels } = classifier;
  const { inputHeight, inputWidth, framing } = preprocessing;
  const rows = [
    ['shape', `[1, ${String(inputHeight)}, ${String(inputWidth)}, 3]`],
    ['framing', t(`framing.${framing}`)],
    ['range', t('contract.rangeValue')],
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
