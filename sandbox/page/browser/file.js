// @ts-check
import { h } from './element.js';

/** A file to download. @param {{ name: string, title?: string, size: number, url: string }} file */
export function drawFile({ name, title, size, url }) {
  const address = new URL(url, location.href);
  const href = /^https?:$/.test(address.protocol) ? address.href : undefined;
  return h('a', { class: 'block file', href, download: name }, ...drawAbout(name, title || name, size));
}

/** Its kind, name and size. @param {string} name @param {string} title @param {number} size */
export function drawAbout(name, title, size) {
  const kilobytes = `${Math.max(1, Math.round(size / 1024)).toLocaleString('en-US')} kB`;
  const kind = (name.split('.').at(-1) ?? '').slice(0, 4).toUpperCase();
  return [
    h('span', { class: 'file-kind', 'aria-hidden': 'true' }, kind),
    h('span', {}, h('b', {}, title), h('span', { class: 'muted' }, `${name} · ${kilobytes}`)),
  ];
}

/** What is in a file somebody chose. @param {File} file @returns {Promise<string>} */
export async function base64Of(file) {
  let text = '';
  for (const byte of new Uint8Array(await file.arrayBuffer())) text += String.fromCharCode(byte);
  return btoa(text);
}
