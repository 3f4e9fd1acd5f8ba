// @ts-check
import { byId } from './element.js';
import { notices } from './notices.js';
import { createClock, showTasks } from './panel.js';
import { showPeople } from './people.js';
import { platformNames, showPlatforms } from './platforms.js';
import { createProgress, isMeant } from './progress.js';
import { sandbox } from './sandbox-calls.js';
import { createSettings } from './settings.js';
import { createSlack } from './slack.js';
import { createTeams } from './teams/teams.js';

/** @import { Client, Page, Platform, Task } from './sandbox.d.ts' */

const progress = createProgress();
const settings = createSettings();
/** @type {Set<Platform>} */
const away = new Set();

/** @type {Page} */
const page = {
  progress,
  chosen: () => settings.chosen,
  isShown: (platform) => settings.platform === platform,
  show(platform, email) {
    settings.platform = platform;
    choose(email);
  },
  render,
  connected(platform, isConnected) {
    if (isConnected) away.delete(platform);
    else away.add(platform);
    byId('connection').textContent =
      away.size === 0 ? '' : 'The sandbox is not answering. Is it still running?';
  },
};
/** @type {Record<Platform, Client>} */
const clients = { slack: createSlack(page), teams: createTeams(page) };

/** Becomes the person with this address, on both platforms where they have both. @param {string} email */
function choose(email) {
  settings.chosen = email;
  for (const client of Object.values(clients)) client.become(email);
  render();
  void clients[settings.platform].refresh();
}

/** Draws what changed; cheap enough to call after anything. */
function render() {
  const { platform } = settings;
  const people = clients[platform].people();
  if (!people.some(({ email }) => email === settings.chosen)) settings.chosen = clients[platform].current();
  const { chosen } = settings;
  document.body.dataset.platform = platform;
  byId('slack').hidden = byId('workspace').hidden = platform !== 'slack';
  byId('teams').hidden = byId('chats').hidden = platform !== 'teams';
  for (const client of Object.values(clients)) client.render();
  showPlatforms({
    shown: platform,
    unread: (one) => clients[one].waiting(chosen).count,
    choose: (one) => page.show(one, chosen),
  });
  showPeople(people, {
    current: chosen,
    unread: (email) =>
      platformNames.map(([one, name]) => ({
        where: one === platform ? '' : name,
        count: clients[one].waiting(email).count,
      })),
    choose,
  });
  showTasks(progress.tasks, { platform, done: progress.done, start: startTask });
  notices.sweep();
  settings.save();
}

/** Goes where the task begins: what is to be pressed may wait on the platform not shown. @param {Task} task */
function startTask(task) {
  const { as, text, in: only } = task;
  const everybody = Object.values(clients).flatMap((client) => client.people());
  const person = everybody.find((one) => as !== undefined && isMeant(one, as));
  const email = person?.email ?? settings.chosen;
  const last = (/** @type {Platform} */ one) => clients[one].waiting(email).last;
  const latest = platformNames.map(([one]) => one).sort((a, b) => last(b) - last(a))[0];
  const platform = only ?? (text === undefined && latest && last(latest) > 0 ? latest : settings.platform);
  page.show(platform, email);
  clients[platform].startTask(task);
}

function togglePanel() {
  const isHidden = document.body.classList.toggle('no-panel');
  byId('panel-toggle').setAttribute('aria-expanded', String(!isHidden));
}

function refresh() {
  return Promise.all(Object.values(clients).map((client) => client.refresh()));
}

byId('panel-toggle').addEventListener('click', togglePanel);
document.addEventListener('visibilitychange', render);
createClock(async (hours, passed) => {
  await sandbox.passTime(hours);
  progress.noteHours(passed);
  await refresh();
});
progress.tasks = await sandbox.start().then(
  ({ tasks }) => tasks,
  () => [],
);
await refresh();
