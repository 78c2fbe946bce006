import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './resources.ts';

export const LANGUAGES = [
  { code: 'en', name: 'English' },
  { code: 'zh-CN', name: '简体中文' },
] as const;

export type Language = (typeof LANGUAGES)[number]['code'];

const STORAGE_KEY = 'graft-language';

/** The first of the wished languages that the app speaks; English where it speaks none. */
export function pickLanguage(wished: readonly string[]): Language {
  for (const tag of wished) {
    const primary = tag.split('-')[0];
    const match = LANGUAGES.find(({ code }) => code.split('-')[0] === primary);
    if (match !== undefined) return match.code;
  }
  return 'en';
}

/** Starts in the remembered or the browser's language. English is always there, another when it is spoken. */
export async function startI18n(): Promise<void> {
  const remembered = localStorage.getItem(STORAGE_KEY);
  const language = pickLanguage(remembered === null ? navigator.languages : [remembered]);
  i18next.on('languageChanged', (spoken) => {
    document.documentElement.lang = spoken;
  });
  await i18next.use(initReactI18next).init({
    resources: { en, ...(await otherTexts(language)) },
    lng: language,
    fallbackLng: 'en',
    ns: Object.keys(en),
    defaultNS: 'common',
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORAGE_KEY, language);
  for (const [code, texts] of Object.entries(await otherTexts(language))) {
    for (const [namespace, bundle] of Object.entries(texts)) {
      i18next.addResourceBundle(code, namespace, bundle);
    }
  }
  await i18next.changeLanguage(language);
}

/** By language and namespace; none for English. */
async function otherTexts(language: Language) {
  if (language === 'en') return {};
  const { zhCN } = await import('./chineseTexts.ts');
  return { 'zh-CN': zhCN };
}
