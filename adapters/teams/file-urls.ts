/**
 * Whether files may be sent to this address and fetched from it: https, no user, and a host of the list, where `*.` stands
 * for any subdomain. The addresses come from people's requests, and nothing else keeps them from naming an inner service.
 */
export function isFileUrl(address: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password, host } = new URL(address);
  if (protocol !== 'https:' || username !== '' || password !== '') return false;
  return hosts.some((allowed) =>
    allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed,
  );
}
