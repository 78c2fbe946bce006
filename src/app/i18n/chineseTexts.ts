import zhAveraging from './zh-CN/averaging.json';
import zhBase from './zh-CN/base.json';
import zhCollect from './zh-CN/collect.json';
import zhCommon from './zh-CN/common.json';
import zhEvaluate from './zh-CN/evaluate.json';
import zhExport from './zh-CN/export.json';
import zhMessages from './zh-CN/messages.json';
import zhOwnBase from './zh-CN/ownBase.json';
import zhPredict from './zh-CN/predict.json';
import zhProjects from './zh-CN/projects.json';
import zhTrain from './zh-CN/train.json';
import zhViews from './zh-CN/views.json';

/** The same keys, except for the plural forms that Chinese does not have. */
export const zhCN = {
  common: zhCommon,
  projects: zhProjects,
  collect: zhCollect,
  base: zhBase,
  ownBase: zhOwnBase,
  train: zhTrain,
  views: zhViews,
  evaluate: zhEvaluate,
  averaging: zhAveraging,
  predict: zhPredict,
  export: zhExport,
  messages: zhMessages,
};
