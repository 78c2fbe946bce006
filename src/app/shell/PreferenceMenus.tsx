import { useTranslation } from 'react-i18next';
import { GlobeIcon, MoonIcon, SunIcon } from '../../ui/icons.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { chooseTheme, THEME_CHOICES, useThemeChoice, useThemeInForce } from '../../ui/theme.ts';
import { chooseLanguage, LANGUAGES } from '../i18n/i18n.ts';

/** Theme and language, both kept in this browser. */
export function PreferenceMenus() {
  const { t, i18n } = useTranslation('common');
  const choice = useThemeChoice();
  const theme = useThemeInForce();
  return (
    <>
      <Menu
        label={t('theme')}
        icon={theme === 'dark' ? <MoonIcon /> : <SunIcon />}
        items={THEME_CHOICES.map((each) => ({
          label: t(`themeChoice.${each}`),
          isChecked: each === choice,
          onSelect: () => {
            chooseTheme(each);
          },
        }))}
      />
      <Menu
        label={t('language')}
        icon={<GlobeIcon />}
        items={LANGUAGES.map(({ code, name }) => ({
          label: name,
          isChecked: code === i18n.language,
          onSelect: () => void chooseLanguage(code),
        }))}
      />
    </>
  );
}
