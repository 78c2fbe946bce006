import { useEffect, useRef } from 'react';
import styles from './PredictionTable.module.css';

/** A picture that is not stored; decoration beside its file name. */
export function PictureThumbnail({ picture }: { readonly picture: Blob }) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const url = URL.createObjectURL(picture);
    if (image.current !== null) image.current.src = url;
    return () => {
      URL.revokeObjectURL(url);
    };
  }, [picture]);
  return <img ref={image} className={styles['picture']} alt="" decoding="async" />;
}
