import { useTranslation } from 'react-i18next';
import type { Camera } from '../../ui/camera/useCamera.ts';
import { SelectField } from '../../ui/SelectField.tsx';

/** The machine's cameras by name. Choosing one closes the other first. */
export function CameraSelect({ camera }: { readonly camera: Camera }) {
  const { t } = useTranslation('collect');
  const { devices, state, start } = camera;
  if (devices.length === 0) return null;
  return (
    <SelectField
      label={t('camera.camera')}
      value={state.status === 'live' ? state.deviceId : ''}
      options={devices.map(({ id, name }, index) => ({
        value: id,
        label: name === '' ? t('camera.unnamed', { number: index + 1 }) : name,
      }))}
      onChange={start}
    />
  );
}
