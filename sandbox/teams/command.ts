import type { Acting } from './acting.ts';
import { trouble } from './outcome.ts';
import type { Mention } from './payloads.ts';
import type { CommandOptions } from './pretend-teams-api.ts';
import { wasTaken } from './requests.ts';
import type { Answer, PretendPerson } from './types.ts';

/** Types a text in a place; people see it there, and Teams' own complaint below it when usher does not take it. */
export async function typeText(
  acting: Acting,
  as: string,
  text: string,
  { in: wanted, file }: CommandOptions,
): Promise<Answer> {
  const { directory, screens, requests, payloads, files } = acting;
  const person = directory.person(as);
  const place = screens.placeFor(person, wanted);
  const toBot = place.kind !== 'personal';
  const { mentions, ...said } = withMentions(
    toBot ? text.replace(/^\s*@usher\b\s*/i, '') : text,
    directory.people,
  );
  const spoken = toBot ? `@usher ${said.shown}` : said.shown;
  const kept = file && { name: file.name, ...files.keep(file.name, file.content) };
  const message = screens.post(place, {
    from: { id: person.id, name: person.realName },
    text: spoken.trim(),
    ...(kept && { files: [{ ...kept, url: kept.downloadUrl, size: file.content.length }] }),
  });
  const words = {
    // Teams ends what is typed after a mention with a line break.
    text: toBot ? `${tagFor('usher')} ${said.text}\n` : said.text,
    mentions: toBot ? [mentionOf(payloads.bot), ...mentions] : mentions,
    ...(kept && { file: kept }),
  };
  const answer = await requests.activity(payloads.typed(person, place, message, words));
  if (!wasTaken(answer)) screens.showOnly(person, message, { notice: trouble });
  return answer;
}

/** `@name` becomes a mention of that person: a tag in the text, and an entity that says who it is. */
function withMentions(text: string, people: PretendPerson[]) {
  const byName = new Map(people.map((one) => [one.name.toLowerCase(), one]));
  const mentions: Mention[] = [];
  const replaceNames = (by: (person: PretendPerson) => string) =>
    text.replace(/(^|[\s,;])@([\w.-]*\w)/g, (typed, before: string, name: string) => {
      const person = byName.get(name.toLowerCase());
      return person ? before + by(person) : typed;
    });
  const tagged = replaceNames((person) => {
    const mention = mentionOf({ id: person.id, name: person.realName });
    mentions.push(mention);
    return mention.text;
  });
  return { text: tagged, shown: replaceNames(({ realName }) => `@${realName}`), mentions };
}

function mentionOf(mentioned: { id: string; name: string }): Mention {
  return { type: 'mention', mentioned, text: tagFor(mentioned.name) };
}

function tagFor(name: string): string {
  return `<at>${name}</at>`;
}
