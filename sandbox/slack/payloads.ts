import { randomBytes } from 'node:crypto';
import type { StateValues } from './form-state.ts';
import type { Modal, PretendPerson, Shown, View } from './types.ts';

/** The fixed facts every payload repeats. */
export interface Workspace {
  teamId: string;
  appId: string;
  botId: string;
  botUserId: string;
}
type Place = { id: string; name: string };
export type Payloads = ReturnType<typeof createPayloads>;

const domain = 'acme';
/** Slack still sends its deprecated verification token; nothing may rely on it. */
const token = 'deprecated-verification-token';

/** Builds the bodies Slack sends, field by field as Slack has them. */
export function createPayloads({ teamId, appId, botId, botUserId }: Workspace) {
  const teamOf = (person: PretendPerson) => person.teamId ?? teamId;
  const common = (person: PretendPerson) => ({
    api_app_id: appId,
    token,
    team: { id: teamId, domain },
    enterprise: null,
    is_enterprise_install: false,
    user: { id: person.id, username: person.name, name: person.name, team_id: teamOf(person) },
  });
  // What the client shows on a modal is not part of the view.
  const viewPayload = ({ state, errors: _, problem: __, ...view }: Modal) => ({
    ...view,
    team_id: teamId,
    app_id: appId,
    bot_id: botId,
    app_installed_team_id: teamId,
    state,
  });

  return {
    command: (one: {
      person: PretendPerson;
      place: Place;
      text: string;
      responseUrl: string;
      triggerId: string;
    }) => ({
      token,
      team_id: teamOf(one.person),
      team_domain: domain,
      channel_id: one.place.id,
      channel_name: one.place.name,
      user_id: one.person.id,
      user_name: one.person.name,
      command: '/usher',
      text: one.text,
      api_app_id: appId,
      is_enterprise_install: 'false',
      response_url: one.responseUrl,
      trigger_id: one.triggerId,
    }),
    /** A click on an ephemeral message comes without the message, as in Slack. */
    messageAction: (one: {
      person: PretendPerson;
      message: Shown;
      place: Place;
      action: object;
      state: StateValues;
      responseUrl: string;
      triggerId: string;
    }) => {
      const { ts, channel, ephemeral, text, blocks, metadata, edited } = one.message;
      return {
        type: 'block_actions',
        ...common(one.person),
        container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: ephemeral === true },
        trigger_id: one.triggerId,
        response_url: one.responseUrl,
        channel: one.place,
        ...(!ephemeral && {
          message: {
            ...{ type: 'message', user: botUserId, bot_id: botId, app_id: appId, team: teamId },
            ...{ ts, text, blocks, metadata },
            ...(edited && { edited: { user: botUserId, ts } }),
          },
        }),
        state: { values: one.state },
        actions: [one.action],
      };
    },
    viewAction: (one: { person: PretendPerson; view: View; action: object; triggerId: string }) => ({
      type: 'block_actions',
      ...common(one.person),
      container: { type: 'view', view_id: one.view.id },
      trigger_id: one.triggerId,
      view: viewPayload(one.view),
      actions: [one.action],
    }),
    submission: (one: { person: PretendPerson; view: View; triggerId: string }) => ({
      type: 'view_submission',
      ...common(one.person),
      // In Slack Connect this is the workspace of whoever submits; app_installed_team_id is ours.
      team: { id: teamOf(one.person), domain },
      trigger_id: one.triggerId,
      view: viewPayload(one.view),
      response_urls: [],
    }),
    closing: (one: { person: PretendPerson; view: View }) => ({
      type: 'view_closed',
      ...common(one.person),
      view: viewPayload(one.view),
      is_cleared: one.view.clear_on_close,
    }),
    event: (event: object, eventId = `Ev${randomBytes(6).toString('hex').toUpperCase()}`) => ({
      token,
      team_id: teamId,
      api_app_id: appId,
      event,
      type: 'event_callback',
      event_id: eventId,
      event_time: Math.floor(Date.now() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: teamId,
          user_id: botUserId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
    }),
    homeOpened: (person: PretendPerson, channel: string, home: View | undefined) => ({
      type: 'app_home_opened',
      user: person.id,
      channel,
      tab: 'home',
      event_ts: String(Date.now() / 1000),
      ...(home && { view: viewPayload(home) }),
    }),
  };
}
