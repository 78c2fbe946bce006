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
  predict: enPredict,
  export: enExport,
  messages: enMessages,
};

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
  predict: zhPredict,
  export: zhExport,
  messages: zhMessages,
};
