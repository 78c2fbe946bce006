import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../ui/format.ts';
import type { EpochLine } from './epochLine.ts';
import styles from './EpochCurves.module.css';

/** What the curves show, epoch by epoch. */
export function EpochNumbers({ lines }: { readonly lines: readonly EpochLine[] }) {
  const { t } = useTranslation('ownBase');
  const format = useFormat();
  const [accuracy, loss] = [t('curves.accuracy'), t('curves.loss')];
  const numEpochs = Math.max(...lines.map(({ points }) => points.length));
  const said = (value: number | null | undefined, say: (value: number) => string) =>
    value == null ? t('curves.none') : say(value);
  return (
    <details className={styles['numbers']}>
      <summary>{t('curves.numbers')}</summary>
      <div className={styles['scroll']} role="group" aria-label={t('curves.numbers')} tabIndex={0}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('curves.epoch')}</th>
              {lines.flatMap(({ name }) =>
                [accuracy, loss].map((measure) => (
                  <th key={`${name} ${measure}`} scope="col">
                    {t('curves.of', { measure, line: name })}
                  </th>
                )),
              )}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: numEpochs }, (_, i) => (
              <tr key={i}>
                <th scope="row">{format.number(i + 1)}</th>
                {lines.flatMap(({ name, points }) => [
                  <td key={`${name} accuracy`}>
                    {said(points[i]?.accuracy, (value) => format.percent(value, 1))}
                  </td>,
                  <td key={`${name} loss`}>
                    {said(points[i]?.loss, (value) => format.number(value, 3))}
                  </td>,
                ])}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
