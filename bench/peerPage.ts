/** Runs inside the peer's page: Teachable Machine's library as its documentation uses it. */

interface PeerModel {
  setSeed: (seed: string) => void;
  setLabels: (labels: readonly string[]) => void;
  addExample: (classIndex: number, photo: HTMLCanvasElement) => Promise<void>;
  train: (
    config: { denseUnits: number; epochs: number; learningRate: number; batchSize: number },
    callbacks: { onEpochEnd: (epoch: number, logs: { val_acc: number }) => void },
  ) => Promise<unknown>;
  predict: (photo: HTMLImageElement) => Promise<{ className: string; probability: number }[]>;
}

interface PeerGlobals {
  readonly tmImage: {
    createTeachable: (
      metadata: { tfjsVersion: string },
      base: { version: number; alpha: number; checkpointUrl: string; trainingLayer: string },
    ) => Promise<PeerModel>;
  };
  readonly tf: { getBackend: () => string };
}

/** Addresses of photos, by class. */
export type PhotoUrls = readonly { readonly className: string; readonly urls: readonly string[] }[];

export interface PeerMeasurement {
  readonly backend: string;
  readonly adapter: string;
  readonly addSeconds: number;
  readonly trainSeconds: number;
  readonly validationAccuracy: number;
  readonly testAccuracy: number | null;
}

/** The library's defaults throughout: 100 hidden units, 50 epochs, batches of 16, 0.001, 15 % held out. */
export async function measurePeer({
  photos,
  test,
  baseUrl,
}: {
  photos: PhotoUrls;
  test: PhotoUrls;
  baseUrl: string;
}): Promise<PeerMeasurement> {
  const { tmImage, tf } = globalThis as unknown as PeerGlobals;

  const loadPhoto = async (url: string) => {
    const photo = new Image();
    photo.src = url;
    await photo.decode();
    return photo;
  };
  /** As the library crops what it predicts: scaled to cover 224 pixels, centred. `addExample` leaves it to its caller. */
  const crop = (photo: HTMLImageElement) => {
    const size = 224;
    const scale = size / Math.min(photo.naturalWidth, photo.naturalHeight);
    const width = Math.ceil(photo.naturalWidth * scale);
    const height = Math.ceil(photo.naturalHeight * scale);
    const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
    const left = -Math.trunc((width - size) / 2);
    const top = -Math.trunc((height - size) / 2);
    canvas.getContext('2d')?.drawImage(photo, left, top, width, height);
    return canvas;
  };
  const secondsSince = (start: number) => (performance.now() - start) / 1000;
  const adapterName = () => {
    const gl = document.createElement('canvas').getContext('webgl2');
    const info = gl?.getExtension('WEBGL_debug_renderer_info');
    return gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : 'none';
  };

  const model = await tmImage.createTeachable(
    { tfjsVersion: '1.3.1' },
    { version: 2, alpha: 0.35, checkpointUrl: baseUrl, trainingLayer: 'out_relu' },
  );
  model.setSeed('graft');
  model.setLabels(photos.map(({ className }) => className));

  const addStart = performance.now();
  for (const [classIndex, { urls }] of photos.entries()) {
    for (const url of urls) await model.addExample(classIndex, crop(await loadPhoto(url)));
  }
  const addSeconds = secondsSince(addStart);

  let validationAccuracy = 0;
  const trainStart = performance.now();
  await model.train(
    { denseUnits: 100, epochs: 50, learningRate: 0.001, batchSize: 16 },
    {
      onEpochEnd: (_epoch, logs) => {
        validationAccuracy = logs.val_acc;
      },
    },
  );
  const trainSeconds = secondsSince(trainStart);

  let numTested = 0;
  let numCorrect = 0;
  for (const { className, urls } of test) {
    for (const url of urls) {
      const answers = await model.predict(await loadPhoto(url));
      const best = answers.reduce((a, b) => (b.probability > a.probability ? b : a));
      numTested += 1;
      if (best.className === className) numCorrect += 1;
    }
  }
  return {
    backend: tf.getBackend(),
    adapter: adapterName(),
    addSeconds,
    trainSeconds,
    validationAccuracy,
    testAccuracy: numTested === 0 ? null : numCorrect / numTested,
  };
}
