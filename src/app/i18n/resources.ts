import enAveraging from './en/averaging.json';
import enBase from './en/base.json';
import enCollect from './en/collect.json';
import enCommon from './en/common.json';
import enEvaluate from './en/evaluate.json';
import enExport from './en/export.json';
import enMessages from './en/messages.json';
import enOwnBase from './en/ownBase.json';
import enPredict from './en/predict.json';
import enProjects from './en/projects.json';
import enTrain from './en/train.json';
import enViews from './en/views.json';

/** English texts by namespace; their shape is the type of every key. */
export const en = {
  common: enCommon,
  projects: enProjects,
  collect: enCollect,
  base: enBase,
  ownBase: enOwnBase,
  train: enTrain,
  views: enViews,
  evaluate: enEvaluate,
  averaging: enAveraging,
  predict: enPredict,
  export: enExport,
  messages: enMessages,
};
