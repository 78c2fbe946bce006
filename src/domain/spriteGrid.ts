/** The Embedding Projector refuses pictures of more than 8,192 pixels a side; many phones' GPUs, of more than this. */
const MAX_SPRITE_SIDE = 4096;
const MAX_TILE_SIDE = 64;

/** How thumbnails lie in one picture: row by row, from the top left, as many columns as fit a square. */
export interface SpriteGrid {
  readonly columns: number;
  readonly rows: number;
  /** Of one thumbnail, in pixels. */
  readonly tileSide: number;
}

/** With more than 4,096 photos the thumbnails get smaller, so that all of them stay in. */
export function spriteGrid(numPhotos: number): SpriteGrid {
  const columns = Math.max(1, Math.ceil(Math.sqrt(numPhotos)));
  const rows = Math.max(1, Math.ceil(numPhotos / columns));
  const tileSide = Math.max(1, Math.min(MAX_TILE_SIDE, Math.floor(MAX_SPRITE_SIDE / columns)));
  return { columns, rows, tileSide };
}
