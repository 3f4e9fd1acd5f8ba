// @ts-check
import { byId, h } from './element.js';
import { updateKeyed } from './keyed.js';

/** @import { Platform } from './sandbox.d.ts' */

/** In the order of the switch. @type {[Platform, string][]} */
export const platformNames = [
  ['slack', 'Slack'],
  ['teams', 'Teams'],
];

const titles = {
  slack: 'A pretend Slack workspace on your own machine. You are everybody in it.',
  teams: 'A pretend Microsoft Teams on your own machine. You are everybody in it.',
};

/**
 * The switch between the platforms; a number says what waits on the one not shown.
 *
 * @param {{ shown: Platform, unread: (platform: Platform) => number, choose: (platform: Platform) => void }} options
 */
export function showPlatforms({ shown, unread, choose }) {
  byId('top-title').textContent = titles[shown];
  updateKeyed(
    byId('platforms'),
    platformNames.map(([platform, name]) => {
      const isShown = platform === shown;
      const count = isShown ? 0 : unread(platform);
      return {
        key: platform,
        stamp: JSON.stringify([isShown, count]),
        draw: () =>
          h(
            'button',
            {
              type: 'button',
              'aria-pressed': String(isShown),
              'data-focus': platform,
              onclick: () => choose(platform),
            },
            h('span', { class: `mark ${platform}`, 'aria-hidden': 'true' }),
            name,
            count > 0 &&
              h(
                'span',
                { class: 'badge', title: `${count} new in ${name}` },
                h('span', { class: 'sr-only' }, 'new messages: '),
                String(count),
              ),
          ),
      };
    }),
  );
}
