// @ts-check
import { createActions } from './actions.js';
import { createComposer } from './composer.js';
import { contextFor } from './context.js';
import { createConversationView } from './conversation-view.js';
import { byId } from './element.js';
import { followChanges, gateway } from './gateway.js';
import { createModal } from './modal.js';
import { arrivals } from './news.js';
import { notices } from './notices.js';
import { createClock, showTasks } from './panel.js';
import { showPeople } from './people.js';
import { noteHours } from './progress.js';
import { createRefresh } from './refresh.js';
import { createState, isApp, keyOf, openPlace, unreadCount, unreadDirect } from './state.js';
import { showWorkspace } from './workspace.js';

const state = createState();
const refresh = createRefresh(load);
const actions = createActions(state, {
  render,
  refresh,
  prepare: (text) => composer.prepare(text),
  failed: notices.failure,
});
const composer = createComposer({
  send: actions.send,
  sent: () => state.sent.get(state.current) ?? [],
  people: () => state.people,
  drafted: (text) => void state.drafts.set(keyOf(state.current, state.open.get(state.current) ?? ''), text),
});
const view = createConversationView(state, { actions, composer, on: { refresh, failed: notices.failure } });
const modal = createModal({
  contextFor: (parts) =>
    contextFor(state, { surface: 'modal', ...parts }, { refresh, failed: (sentence) => modal.say(sentence) }),
  submit: async (viewId, values) => {
    const answer = await gateway.submit(state.current, viewId, values);
    await refresh();
    return answer;
  },
  close: (viewId) => void gateway.close(state.current, viewId).then(refresh),
});

/** Draws what changed; cheap enough to call after anything. */
function render() {
  const screen = state.screens.get(state.current);
  view.show();
  showPeople(state.people, {
    current: state.current,
    unread: (id) => unreadDirect(state, id),
    choose: actions.choosePerson,
  });
  showWorkspace(screen?.conversations ?? [], {
    isApp,
    openId: state.open.get(state.current) ?? '',
    unread: (conversation) => unreadCount(state, state.current, conversation),
    choose: actions.choosePlace,
  });
  showTasks(state.tasks, { done: state.done, start: actions.startTask });
  modal.show(screen?.modal);
  notices.sweep();
  state.save();
}

/** Reads everybody's screen, the current person's first. */
async function load() {
  try {
    const [people, notes] = await Promise.all([gateway.people(), gateway.notes()]);
    state.people = people.map((person) => ({ ...person, note: notes[person.email] ?? 'Not invited yet' }));
    if (!state.people.some(({ id }) => id === state.current)) {
      state.forget();
      state.current = state.people[0]?.id ?? '';
    }
    await loadScreen(state.current);
    render();
    await Promise.all(state.people.filter(({ id }) => id !== state.current).map(({ id }) => loadScreen(id)));
    render();
  } catch (error) {
    connected(false);
    console.warn(error);
  }
}

/** @param {string} personId */
async function loadScreen(personId) {
  if (!personId) return;
  const before = state.screens.get(personId);
  const after = await gateway.screen(personId);
  state.screens.set(personId, after);
  for (const { conversation, message } of arrivals(before, after, personId)) {
    if (!isOnScreen(personId, conversation.id)) announce(personId, conversation.id, message.text);
  }
}

/** @param {string} personId @param {string} conversationId */
function isOnScreen(personId, conversationId) {
  if (personId !== state.current) return false;
  const place = openPlace(state, personId);
  return place.kind === 'conversation' && place.conversation.id === conversationId;
}

/** @param {string} personId @param {string} conversationId @param {string} text */
function announce(personId, conversationId, text) {
  const name = state.people.find(({ id }) => id === personId)?.realName ?? '';
  const context = contextFor(
    state,
    { surface: 'message', scope: 'notice' },
    { refresh, failed: notices.failure },
  );
  const show = () => {
    state.open.set(personId, conversationId);
    actions.choosePerson(personId);
  };
  const isStale = () => {
    const conversation = state.screens.get(personId)?.conversations.find(({ id }) => id === conversationId);
    return conversation !== undefined && unreadCount(state, personId, conversation) === 0;
  };
  const title = personId === state.current ? 'New message from usher' : `New message for ${name}`;
  notices.news(title, text, context, { label: 'Show it', run: show, isStale });
}

/** @param {boolean} isConnected */
function connected(isConnected) {
  byId('connection').textContent = isConnected ? '' : 'The sandbox is not answering. Is it still running?';
}

function togglePanel() {
  const isHidden = document.body.classList.toggle('no-panel');
  byId('panel-toggle').setAttribute('aria-expanded', String(!isHidden));
}

byId('panel-toggle').addEventListener('click', togglePanel);
document.addEventListener('visibilitychange', render);
createClock(async (hours, passed) => {
  await gateway.passTime(hours);
  noteHours(state, passed);
  await refresh();
});
state.tasks = await gateway.start().then(
  ({ tasks }) => tasks,
  () => [],
);
if (state.open.get(state.current) === 'home') void gateway.home(state.current);
followChanges({ changed: () => void refresh(), connected });
await refresh();
