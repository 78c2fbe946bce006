import { createContext, useContext, useEffect, useState } from 'react';
import type { Sha256 } from '../domain/ids.ts';

export type LoadThumbnail = (hash: Sha256) => Promise<Blob | null>;

/** Enough for every tile of a large screen and some screens of scrolling around it. */
const MAX_URLS = 600;
/** A photo that was just added has no thumbnail yet for a moment. */
const RETRY_MS = 700;
const MAX_TRIES = 20;

/** Object URLs of thumbnails, the longest unused of which are revoked beyond a fixed number. */
export class ThumbnailUrls {
  readonly #load: LoadThumbnail;
  readonly #maxUrls: number;
  /** A map keeps the order of insertion, so the first key is the one unused for longest. */
  readonly #urls = new Map<Sha256, string>();
  readonly #loading = new Map<Sha256, Promise<string | null>>();

  constructor(load: LoadThumbnail, maxUrls: number = MAX_URLS) {
    this.#load = load;
    this.#maxUrls = maxUrls;
  }

  /** The URL if it is at hand; counts as a use. */
  peek(hash: Sha256): string | null {
    const url = this.#urls.get(hash);
    if (url === undefined) return null;
    this.#urls.delete(hash);
    this.#urls.set(hash, url);
    return url;
  }

  async get(hash: Sha256): Promise<string | null> {
    const known = this.peek(hash);
    if (known !== null) return known;
    const loading = this.#loading.get(hash) ?? this.#create(hash);
    this.#loading.set(hash, loading);
    try {
      return await loading;
    } finally {
      this.#loading.delete(hash);
    }
  }

  async #create(hash: Sha256): Promise<string | null> {
    const blob = await this.#load(hash);
    if (blob === null) return null;
    const url = URL.createObjectURL(blob);
    this.#urls.set(hash, url);
    this.#revokeOldest();
    return url;
  }

  #revokeOldest(): void {
    for (const [hash, url] of this.#urls) {
      if (this.#urls.size <= this.#maxUrls) return;
      this.#urls.delete(hash);
      URL.revokeObjectURL(url);
    }
  }
}

export const ThumbnailUrlsContext = createContext<ThumbnailUrls | null>(null);

/** URL of the photo's thumbnail; `null` while it is loaded or still being made. */
export function useThumbnailUrl(hash: Sha256): string | null {
  const urls = useContext(ThumbnailUrlsContext);
  if (urls === null) throw new Error('useThumbnailUrl outside of ThumbnailUrlsContext');
  const [loaded, setLoaded] = useState<{ hash: Sha256; url: string } | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isCurrent = true;
    const load = async (tries: number): Promise<void> => {
      const url = await urls.get(hash).catch(() => null);
      if (!isCurrent) return;
      if (url !== null) setLoaded({ hash, url });
      else if (tries < MAX_TRIES) timer = setTimeout(() => void load(tries + 1), RETRY_MS);
    };
    void load(1);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [urls, hash]);

  return loaded?.hash === hash ? loaded.url : urls.peek(hash);
}
