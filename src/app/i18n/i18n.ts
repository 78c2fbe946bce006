import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en, zhCN } from './resources.ts';

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

/** Loads both languages and starts in the remembered or the browser's one. */
export async function startI18n(): Promise<void> {
  const remembered = localStorage.getItem(STORAGE_KEY);
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18next.use(initReactI18next).init({
    resources: { en, 'zh-CN': zhCN },
    lng: pickLanguage(remembered === null ? navigator.languages : [remembered]),
    fallbackLng: 'en',
    ns: Object.keys(en),
    defaultNS: 'common',
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORAGE_KEY, language);
  await i18next.changeLanguage(language);
}
