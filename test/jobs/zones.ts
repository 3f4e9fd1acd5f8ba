/** A time zone in which the clock shows this hour now. */
export function zoneWhereItIs(hour: number, now = new Date()): string {
  let ahead = hour - now.getUTCHours();
  if (ahead > 14) ahead -= 24;
  if (ahead < -12) ahead += 24;
  // In these names, as POSIX has it, the sign is the other way round.
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}
