import { useEffect, useState } from 'react';
import type { View } from '../../../domain/augmentation.ts';
import type { Sha256 } from '../../../domain/ids.ts';
import { useAppState } from '../../../state/useAppState.ts';

/** Addresses of pictures of a photo's views, in their order; those from before a change until they are drawn. */
export function useViewPictures(
  imageHash: Sha256 | undefined,
  views: readonly View[],
): readonly string[] {
  const previewViews = useAppState((state) => state.previewViews);
  const base = useAppState(({ project }) => `${project?.baseId ?? ''} ${project?.framing ?? ''}`);
  const [urls, setUrls] = useState<readonly string[]>([]);
  // Views are made anew at each rendering; what they are does not change with it.
  const wanted = JSON.stringify(views);
  useEffect(() => {
    if (imageHash === undefined) return undefined;
    let isCurrent = true;
    void previewViews(imageHash, JSON.parse(wanted) as View[]).then((pictures) => {
      if (isCurrent) setUrls(pictures.map((picture) => URL.createObjectURL(picture)));
    });
    return () => {
      isCurrent = false;
    };
  }, [imageHash, wanted, base, previewViews]);
  useEffect(
    () => () => {
      for (const url of urls) URL.revokeObjectURL(url);
    },
    [urls],
  );
  return urls;
}
