import { dependencies, devDependencies } from '../../package.json';
import { jsonFile, textFile, type ExportedFile } from './exportedFile.ts';
import browserHtml from './snippets/examples/browser.html?raw';
import browser from './snippets/examples/browser.js?raw';
import component from './snippets/examples/Classifier.jsx?raw';
import classifier from './snippets/examples/classifier.js?raw';
import inBrowser from './snippets/examples/in_browser.js?raw';
import inNode from './snippets/examples/in_node.mjs?raw';
import onnxModel from './snippets/examples/onnx_model.js?raw';
import photoInput from './snippets/examples/photo_input.js?raw';
import predict from './snippets/examples/predict.mjs?raw';
import reactHtml from './snippets/examples/react.html?raw';
import readme from './snippets/examples/README.md?raw';
import server from './snippets/examples/server.mjs?raw';
import style from './snippets/examples/style.css?raw';
import tfjsModel from './snippets/examples/tfjs_model.js?raw';

interface Runtime {
  readonly packageName: string;
  /** The one that the examples were tested with, as are those of all their packages. */
  readonly version: string;
  /** In its package: what a browser can load without a build. */
  readonly browserFile: string;
  /** The module that runs the model with it. */
  readonly model: string;
}

const RUNTIMES: Readonly<Record<'onnx' | 'tfjs', Runtime>> = {
  onnx: {
    packageName: 'onnxruntime-web',
    version: dependencies['onnxruntime-web'],
    browserFile: 'dist/ort.wasm.bundle.min.mjs',
    model: onnxModel,
  },
  tfjs: {
    packageName: '@tensorflow/tfjs',
    version: devDependencies['@tensorflow/tfjs'],
    browserFile: 'dist/tf.fesm.min.js',
    model: tfjsModel,
  },
};

/** The folder `examples`: programs for a web page, React, Node and a web server. */
export function javaScriptExamples(runtime: keyof typeof RUNTIMES): ExportedFile[] {
  const { packageName, version, browserFile, model } = RUNTIMES[runtime];
  const page = browserHtml
    .replaceAll('PACKAGE', packageName)
    .replace('VERSION', version)
    .replace('FILE', browserFile);
  const texts = {
    'README.md': readme,
    'browser.html': page,
    'browser.js': browser,
    'react.html': reactHtml,
    'Classifier.jsx': component,
    'predict.mjs': predict,
    'server.mjs': server,
    'photo_input.js': photoInput,
    'model.js': model,
    'classifier.js': classifier,
    'in_browser.js': inBrowser,
    'in_node.mjs': inNode,
    'style.css': style,
  };
  return [
    jsonFile('examples/package.json', packageJson({ [packageName]: version })),
    ...Object.entries(texts).map(([name, text]) => textFile(`examples/${name}`, text)),
  ];
}

function packageJson(runtime: Readonly<Record<string, string>>) {
  return {
    private: true,
    type: 'module',
    scripts: { react: 'vite .. --open /examples/react.html' },
    dependencies: {
      ...runtime,
      react: dependencies.react,
      'react-dom': dependencies['react-dom'],
      sharp: devDependencies.sharp,
    },
    devDependencies: { vite: devDependencies.vite },
  };
}
