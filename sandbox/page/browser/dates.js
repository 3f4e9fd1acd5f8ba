// @ts-check

const hour12 = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions().hour12 ?? true;

/** @param {Intl.DateTimeFormatOptions} options */
function formatter(options) {
  const format = new Intl.DateTimeFormat('en-US', { hour12, ...options });
  return (/** @type {Date} */ date) => format.format(date);
}

const time = formatter({ hour: 'numeric', minute: '2-digit' });
const long = formatter({ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' });

/** @type {Record<string, (date: Date) => string>} */
const tokens = {
  date_num: (date) =>
    [date.getFullYear(), date.getMonth() + 1, date.getDate()]
      .map((n) => String(n).padStart(2, '0'))
      .join('-'),
  date: formatter({ year: 'numeric', month: 'long', day: 'numeric' }),
  date_short: formatter({ year: 'numeric', month: 'short', day: 'numeric' }),
  date_long: long,
  date_pretty: (date) => nearbyDay(date) ?? formatter({ month: 'long', day: 'numeric' })(date),
  date_short_pretty: (date) => nearbyDay(date) ?? formatter({ month: 'short', day: 'numeric' })(date),
  date_long_pretty: (date) => nearbyDay(date) ?? long(date),
  time,
  time_secs: formatter({ hour: 'numeric', minute: '2-digit', second: '2-digit' }),
  ago,
};

/**
 * Slack's date token in the browser's own zone: `{date_short_pretty} at {time}`. Tokens it does not know stay as they are.
 *
 * @param {number} seconds since 1970
 * @param {string} format
 */
export function formatDate(seconds, format) {
  const date = new Date(seconds * 1000);
  return format.replace(/\{(\w+)\}/g, (whole, name) =>
    Object.hasOwn(tokens, name) ? (tokens[name]?.(date) ?? whole) : whole,
  );
}

/** The clock time of a message, such as "9:41 AM". @param {string} ts */
export function messageTime(ts) {
  return time(new Date(Number(ts) * 1000));
}

/** The whole moment of a message, for a tooltip. @param {string} ts */
export function messageMoment(ts) {
  return formatDate(Number(ts), '{date_long} at {time_secs}');
}

/** The day a message was written on, as a divider says it. @param {string} ts */
export function messageDay(ts) {
  const day = formatDate(Number(ts), '{date_long_pretty}');
  return day.charAt(0).toUpperCase() + day.slice(1);
}

/** @param {Date} date */
function nearbyDay(date) {
  const midnight = (/** @type {Date} */ d) => new Date(d.getFullYear(), d.getMonth(), d.getDate()).getTime();
  const days = Math.round((midnight(date) - midnight(new Date())) / 86_400_000);
  return new Map([
    [-1, 'yesterday'],
    [0, 'today'],
    [1, 'tomorrow'],
  ]).get(days);
}

/** @param {Date} date */
function ago(date) {
  const minutes = Math.round((date.getTime() - Date.now()) / 60_000);
  const relative = new Intl.RelativeTimeFormat('en-US', { numeric: 'auto' });
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
  if (Math.abs(minutes) < 60 * 24) return relative.format(Math.round(minutes / 60), 'hour');
  return relative.format(Math.round(minutes / 1440), 'day');
}
