// @ts-check

/** @import { Platform } from './sandbox.d.ts' */

const remembered = 'usher-sandbox';

/** Which platform is shown and who one is, by e-mail address; kept for this tab only. */
export function createSettings() {
  /** @type {{ platform: Platform, chosen: string }} */
  const settings = { platform: 'slack', chosen: '' };
  try {
    const saved = JSON.parse(sessionStorage.getItem(remembered) ?? '{}');
    if (saved.platform === 'teams') settings.platform = 'teams';
    if (typeof saved.chosen === 'string') settings.chosen = saved.chosen;
  } catch {
    // Something else was kept under this name.
  }
  return Object.assign(settings, {
    save() {
      const { platform, chosen } = settings;
      sessionStorage.setItem(remembered, JSON.stringify({ platform, chosen }));
    },
  });
}
