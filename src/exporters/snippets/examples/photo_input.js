/**
 * From the pixels of a photo to the input of the model, as preprocessing.json says it, in browsers and in
 * Node. Resampling is that of Pillow's BILINEAR, byte by byte: antialiased, in integers, columns before rows.
 */

const WEIGHT_BITS = 22;

/**
 * `picture`: upright pixels, { data: RGBA of 8 bits, width, height }, as a canvas gives them.
 * `spec`: that of preprocessing.json. Result: [inputHeight, inputWidth, channels] as a Float32Array.
 */
export function photoInput(picture, spec) {
  return inRange(framed(onWhite(picture), spec), spec);
}

function onWhite({ data, width, height }) {
  const rgb = new Uint8Array(width * height * 3);
  let target = 0;
  for (let i = 0; i < data.length; i += 4) {
    const white = 255 * (255 - data[i + 3]) + 127;
    for (let channel = i; channel < i + 3; channel++) {
      rgb[target++] = (data[channel] * data[i + 3] + white) / 255;
    }
  }
  return { rgb, width, height };
}

function framed(photo, { framing, inputWidth, inputHeight }) {
  const { width, height } = photo;
  if (framing === 'centre-square') {
    const scale = Math.min(width / inputWidth, height / inputHeight);
    const box = [scaled(inputWidth, scale, width), scaled(inputHeight, scale, height)];
    return resized(photo, box, inputWidth, inputHeight);
  }
  if (framing === 'stretched') return resized(photo, [width, height], inputWidth, inputHeight);
  const scale = Math.min(inputWidth / width, inputHeight / height);
  const [smallWidth, smallHeight] = [
    scaled(width, scale, inputWidth),
    scaled(height, scale, inputHeight),
  ];
  const small = resized(photo, [width, height], smallWidth, smallHeight);
  const [left, top] = [half(inputWidth - smallWidth), half(inputHeight - smallHeight)];
  const canvas = new Uint8Array(inputWidth * inputHeight * 3).fill(255);
  for (let y = 0; y < smallHeight; y++) {
    const row = small.subarray(y * smallWidth * 3, (y + 1) * smallWidth * 3);
    canvas.set(row, ((top + y) * inputWidth + left) * 3);
  }
  return canvas;
}

/** Rounded half up, from 1 to the limit. */
function scaled(size, scale, limit) {
  return Math.min(Math.max(Math.floor(size * scale + 0.5), 1), limit);
}

function half(size) {
  return Math.floor(size / 2);
}

/** The centred box of the photo: [height, width, 3]. */
function resized(photo, [boxWidth, boxHeight], width, height) {
  const top = half(photo.height - boxHeight);
  const columns = filterTaps(half(photo.width - boxWidth), boxWidth, width);
  const rows = filterTaps(0, boxHeight, height);
  const narrow = new Uint8Array(boxHeight * width * 3);
  for (let y = 0, target = 0; y < boxHeight; y++) {
    for (const { first, weights } of columns) {
      const start = ((top + y) * photo.width + first) * 3;
      for (let i = start; i < start + 3; i++) narrow[target++] = blend(photo.rgb, i, 3, weights);
    }
  }
  const result = new Uint8Array(height * width * 3);
  let target = 0;
  for (const { first, weights } of rows) {
    const start = first * width * 3;
    for (let i = start; i < start + width * 3; i++) {
      result[target++] = blend(narrow, i, width * 3, weights);
    }
  }
  return result;
}

/** Which inputs make up each output along one axis: a triangle, as wide as the reduction, cut at the edges. */
function filterTaps(start, inSize, outSize) {
  const scale = inSize / outSize;
  const support = Math.max(scale, 1);
  return Array.from({ length: outSize }, (_, out) => {
    const centre = start + (out + 0.5) * scale;
    const first = Math.max(Math.trunc(centre - support + 0.5), start);
    const end = Math.min(Math.trunc(centre + support + 0.5), start + inSize);
    const shares = Array.from({ length: end - first }, (_, i) =>
      Math.max(0, 1 - Math.abs((first + i - centre + 0.5) / support)),
    );
    const sum = shares.reduce((total, share) => total + share, 0);
    return {
      first,
      weights: shares.map((share) => Math.trunc(0.5 + (share / sum) * 2 ** WEIGHT_BITS)),
    };
  });
}

function blend(bytes, start, step, weights) {
  let sum = 1 << (WEIGHT_BITS - 1);
  for (let i = 0; i < weights.length; i++) sum += bytes[start + i * step] * weights[i];
  return sum >> WEIGHT_BITS;
}

function inRange(rgb, { channelOrder, scale, offset }) {
  if (channelOrder === 'grey') {
    return Float32Array.from({ length: rgb.length / 3 }, (_, i) => {
      const [red, green, blue] = rgb.subarray(3 * i, 3 * i + 3);
      return (0.2989 * red + 0.587 * green + 0.114 * blue) * scale[0] + offset[0];
    });
  }
  return Float32Array.from(rgb, (value, i) => {
    const channel = i % 3;
    const byte = channelOrder === 'bgr' ? rgb[i + 2 - 2 * channel] : value;
    return byte * (scale[channel] ?? scale[0]) + (offset[channel] ?? offset[0]);
  });
}
