import type { PhotoProblem } from '../domain/photoProblem.ts';

const ENGLISH = {
  loading: 'Loading the classifier…',
  loadFailed: 'The classifier could not be loaded.',
  classes: (count: number) => (count === 1 ? '1 class' : `${count} classes`),
  camera: 'Camera',
  preview: 'What the camera sees',
  startCamera: 'Start camera',
  stopCamera: 'Stop camera',
  cameraHint: 'Point the camera at something.',
  noCamera:
    'No camera could be opened. Allow it in the browser, and close other programs that use it.',
  whichCamera: 'Which camera',
  saveCsv: 'Save answers as CSV',
  aboutModel: 'About this model',
  trainedOn: 'Trained',
  photoCount: (count: number) => (count === 1 ? 'on 1 photo' : `on ${count} photos`),
  accuracy: 'Accuracy',
  measured: (accuracy: string, interval: string, count: number) =>
    `${accuracy} of ${count} held-out photos (95 % interval: ${interval})`,
  notMeasured: 'Not measured: no photos were held out',
  base: 'Pretrained base',
  photos: 'Photos',
  choosePhotos: 'Choose photos',
  orDrop: 'or drop or paste them anywhere on this page',
  photo: 'Photo',
  file: 'File',
  class: 'Class',
  probability: 'Probability',
  classifying: (done: number, total: number) => `Classifying ${done} of ${total}…`,
  classified: (count: number) => (count === 1 ? '1 file done' : `${count} files done`),
  perFrame: (duration: string) => `${duration} ms per frame`,
  privacy: (backend: string) =>
    `Everything runs in this browser (${backend.toUpperCase()}); no picture leaves this device.`,
};

const CHINESE: typeof ENGLISH = {
  loading: '正在加载分类器…',
  loadFailed: '无法加载分类器。',
  classes: (count) => `${count} 个类别`,
  camera: '摄像头',
  preview: '摄像头画面',
  startCamera: '打开摄像头',
  stopCamera: '关闭摄像头',
  cameraHint: '将摄像头对准物体。',
  noCamera: '无法打开摄像头。请在浏览器中允许使用，并关闭其他正在使用它的程序。',
  whichCamera: '使用哪个摄像头',
  saveCsv: '将答案保存为 CSV',
  aboutModel: '关于此模型',
  trainedOn: '训练',
  photoCount: (count) => `使用 ${count} 张照片`,
  accuracy: '准确率',
  measured: (accuracy, interval, count) =>
    `${count} 张留出照片中的 ${accuracy}（95% 区间：${interval}）`,
  notMeasured: '未测量：没有留出照片',
  base: '预训练基础网络',
  photos: '照片',
  choosePhotos: '选择照片',
  orDrop: '或将照片拖放、粘贴到本页任意位置',
  photo: '照片',
  file: '文件',
  class: '类别',
  probability: '概率',
  classifying: (done, total) => `正在分类第 ${done} 张，共 ${total} 张…`,
  classified: (count) => `已处理 ${count} 个文件`,
  perFrame: (duration) => `每帧 ${duration} 毫秒`,
  privacy: (backend) => `全部在此浏览器中运行（${backend.toUpperCase()}），照片不会离开本设备。`,
};

const ENGLISH_PROBLEMS: Readonly<Record<PhotoProblem, string>> = {
  'not-an-image': 'Not an image',
  'unsupported-kind': 'This browser cannot show this kind of image',
  damaged: 'Damaged',
  'too-large': 'Too large',
  empty: 'Empty file',
  'no-class': 'Without a class',
  unreadable: 'Could not be read',
};

const CHINESE_PROBLEMS: typeof ENGLISH_PROBLEMS = {
  'not-an-image': '不是图片',
  'unsupported-kind': '此浏览器无法显示这种图片',
  damaged: '文件已损坏',
  'too-large': '图片过大',
  empty: '空文件',
  'no-class': '没有类别',
  unreadable: '无法读取',
};

const isChinese = navigator.language.toLowerCase().startsWith('zh');

export const language = isChinese ? 'zh-CN' : 'en';
export const texts = isChinese ? CHINESE : ENGLISH;
export const problemTexts = isChinese ? CHINESE_PROBLEMS : ENGLISH_PROBLEMS;

const percentFormat = new Intl.NumberFormat(language, {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const durationFormat = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });

export function percent(share: number): string {
  return percentFormat.format(share);
}

export function milliseconds(durationMs: number): string {
  return texts.perFrame(durationFormat.format(durationMs));
}
