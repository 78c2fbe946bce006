import { useTranslation } from 'react-i18next';
import type { ClassLabelId } from '../../domain/ids.ts';
import { useAppState } from '../../state/useAppState.ts';
import { FilePickerButton } from '../../ui/FilePickerButton.tsx';
import { PhotoIcon } from '../../ui/icons.tsx';

/** What a picker offers: what becomes photos, and zips of it. */
const PHOTO_ACCEPT = 'image/*,.zip,.tm';

/** Picks files that all go into one class. */
export function AddPhotosButton({ classLabelId }: { readonly classLabelId: ClassLabelId }) {
  const { t } = useTranslation('collect');
  const addFiles = useAppState((state) => state.addFiles);
  return (
    <FilePickerButton
      icon={<PhotoIcon />}
      accept={PHOTO_ACCEPT}
      onPick={(files) => void addFiles(files, classLabelId)}
    >
      {t('addPhotos')}
    </FilePickerButton>
  );
}
