import { randomSlackId } from './emulator.ts';

/** A file a person gave, as Slack tells an app of it in the state of a field. */
export interface HeldFile {
  id: string;
  name: string;
  mimetype: string;
  filetype: string;
  size: number;
  mode: 'hosted';
  is_external: false;
  url_private: string;
  url_private_download: string;
}

/** Files people have given in forms; what apps upload is with emulate. */
export interface Files {
  /** Keeps a file as Slack does once it was chosen, before the form is sent. */
  keep(name: string, content: Buffer): HeldFile;
  /** Throws when nobody gave it. */
  file(id: string): HeldFile;
  content(id: string): Buffer | undefined;
}

export function createFiles(gatewayUrl: string): Files {
  const held = new Map<string, { file: HeldFile; content: Buffer }>();
  return {
    keep(name, content) {
      const id = randomSlackId('F');
      const url = `${gatewayUrl}/files-pri/${id}/${encodeURIComponent(name)}`;
      const filetype = name.split('.').at(-1) ?? '';
      const file: HeldFile = {
        ...{ id, name, filetype, mimetype: filetype === 'csv' ? 'text/csv' : 'text/plain' },
        ...{ size: content.length, mode: 'hosted', is_external: false },
        ...{ url_private: url, url_private_download: url },
      };
      held.set(id, { file, content });
      return file;
    },
    file(id) {
      const found = held.get(id);
      if (!found) throw new Error(`Nobody gave a file ${id}; use giveFile first.`);
      return found.file;
    },
    content: (id) => held.get(id)?.content,
  };
}
