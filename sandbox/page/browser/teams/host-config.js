// @ts-check

/** @param {string} normal @param {string} subtle */
const colour = (normal, subtle) => ({ default: normal, subtle });

const foregroundColors = {
  default: colour('#242424', '#616161'),
  dark: colour('#242424', '#616161'),
  light: colour('#ffffff', '#e0e0e0'),
  accent: colour('#5b5fc7', '#7f85f5'),
  good: colour('#237b4b', '#498c69'),
  warning: colour('#8a5d00', '#a07632'),
  attention: colour('#c4314b', '#cc4a61'),
};

/** @param {string} backgroundColor @param {string} [borderColor] */
const container = (backgroundColor, borderColor = 'transparent') => ({
  backgroundColor,
  borderColor,
  foregroundColors,
});

/** What Teams tells the card library in its light theme. */
export const hostConfig = {
  supportsInteractivity: true,
  fontFamily: '"Segoe UI", Selawik, "Helvetica Neue", Arial, "Liberation Sans", sans-serif',
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: '#e0e0e0' },
  containerStyles: {
    default: container('#ffffff'),
    emphasis: container('#f5f5f5'),
    accent: container('#e8ebfa'),
    good: container('#e7f2da'),
    warning: container('#fbf6d9'),
    attention: container('#fcf4f6'),
  },
  imageSizes: { small: 32, medium: 52, large: 100 },
  actions: {
    maxActions: 6,
    spacing: 'medium',
    buttonSpacing: 8,
    showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
  },
  adaptiveCard: { allowCustomStyle: false },
  factSet: {
    title: { weight: 'bolder', wrap: true, maxWidth: 160 },
    value: { weight: 'default', wrap: true },
    spacing: 16,
  },
  textStyles: { heading: { size: 'large', weight: 'bolder', color: 'default', isSubtle: false } },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { size: 'small', color: 'attention', weight: 'default', spacing: 'none' },
  },
};
