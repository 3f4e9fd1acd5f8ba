import { type Acting, directMessageOf, triggerFor } from './acting.ts';
import type { Directory } from './directory.ts';
import type { Screens } from './screens.ts';
import type { Answer } from './types.ts';

/** Where a command is typed: `channel` by name or id, `dm` for the direct message with usher; the first channel by default. */
export interface CommandOptions {
  channel?: string;
  /** Mentions, addresses and links become `<…>`, as `should_escape` in the app's manifest asks; `false` sends the text as it is. */
  shouldEscape?: boolean;
}

/** Types `/usher text`. What usher answers over HTTP is shown, and so is Slackbot's complaint when it fails. */
export async function typeCommand(
  acting: Acting,
  as: string,
  text: string,
  { channel: wanted, shouldEscape = true }: CommandOptions = {},
): Promise<Answer> {
  const { directory, screens, requests, responseUrls, payloads } = acting;
  const person = directory.person(as);
  const channel = await conversation(acting, wanted, person.id);
  const reply = { personId: person.id, channel };
  const fields = payloads.command({
    person,
    place: { id: channel, name: screens.nameOf(channel) },
    text: shouldEscape ? escapedCommand(text.trim(), directory) : text,
    responseUrl: responseUrls.create(reply),
    triggerId: await triggerFor(acting, person.id),
  });
  const answer = await requests.form(fields);
  if (answer.status !== 200) {
    complain(screens, reply, answer.status === 0 ? String(answer.body) : 'dispatch_failed');
  } else if (answer.body !== '') {
    const shown = await responseUrls.show(reply, answer.body);
    if (shown.status !== 200) complain(screens, reply, 'invalid_command_response');
  }
  return answer;
}

async function conversation(acting: Acting, wanted: string | undefined, personId: string): Promise<string> {
  if (wanted === 'dm') return directMessageOf(acting, personId);
  const conversations = acting.screens.conversationsOf(personId);
  const name = wanted?.replace(/^#/, '');
  const found = conversations.find((one) => wanted === undefined || one.id === wanted || one.name === name);
  if (found) return found.id;
  throw new Error(
    `There is no channel "${wanted ?? ''}" for this person; say { channel: "dm" } for the direct message.`,
  );
}

/** Slack's own message when an app does not answer a command with 200 in time. */
function complain(
  screens: Screens,
  { personId, channel }: { personId: string; channel: string },
  error: string,
): void {
  const ts = `${Math.floor(Date.now() / 1000)}.${String(complaints++).padStart(6, '9')}`;
  screens.whisper(personId, {
    channel,
    ts,
    user: 'USLACKBOT',
    text: `/usher failed with the error "${error}"`,
  });
}
let complaints = 0;

/** As Slack sends it: a mention as `<@U…|name>`, an address as `<mailto:…|…>`, and `& < >` as entities. */
function escapedCommand(text: string, { people }: Pick<Directory, 'people'>): string {
  const plain = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const ids = new Map(people.map((one) => [one.name.toLowerCase(), one.id]));
  return plain
    .replace(/[\w.+'-]+@[\w-]+(\.[\w-]+)+/g, (address) => `<mailto:${address}|${address}>`)
    .replace(/(^|[\s,;])@([\w.-]*\w)/g, (typed, before: string, name: string) => {
      const id = ids.get(name.toLowerCase());
      return id ? `${before}<@${id}|${name}>` : typed;
    })
    .replace(/(^|\s)(https?:\/\/[^\s|<>]+)/g, (_, before: string, url: string) => `${before}<${url}>`);
}
