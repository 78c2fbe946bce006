import { useTranslation } from 'react-i18next';
import type { ClassLabelId } from '../../domain/ids.ts';
import type { Project, Sample } from '../../domain/project.ts';
import { useAppState } from '../../state/useAppState.ts';
import { FilePickerButton } from '../../ui/FilePickerButton.tsx';
import { ArrowRightIcon, FolderIcon, UploadIcon } from '../../ui/icons.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { stepHref } from '../../ui/route.ts';

interface CollectHeadingProps {
  readonly project: Project;
  readonly groups: ReadonlyMap<ClassLabelId, readonly Sample[]>;
}

/** Title, the ways to add whole sets, and the way on once two classes have photos. */
export function CollectHeading({ project, groups }: CollectHeadingProps) {
  const { t } = useTranslation('collect');
  const addFiles = useAppState((state) => state.addFiles);
  const numFilled = project.classLabels.filter(({ id }) => groups.has(id)).length;
  return (
    <PageHeading
      title={t('title')}
      actions={
        <>
          <FilePickerButton
            icon={<FolderIcon />}
            isFolder
            onPick={(files) => void addFiles(files, null)}
          >
            {t('addFolder')}
          </FilePickerButton>
          <FilePickerButton
            icon={<UploadIcon />}
            accept=".zip,.tm"
            onPick={(files) => void addFiles(files, null)}
          >
            {t('addArchive')}
          </FilePickerButton>
          {numFilled >= 2 ? (
            <LinkButton
              variant="primary"
              href={stepHref(project.id, 'train')}
              icon={<ArrowRightIcon />}
            >
              {t('next')}
            </LinkButton>
          ) : null}
        </>
      }
    >
      {t('lead')}
    </PageHeading>
  );
}
