// Sizes and times for people.

const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Formats a number of bytes, such as "9.5 MiB", in the same units as the messages of the application. */
export function formatSize(bytes) {
  if (bytes < 1024) {
    return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  }

  const unit = Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** unit;
  return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} ${units[unit]}`;
}

export function formatTime(date) {
  return time.format(date);
}

/** Formats a duration as minutes and seconds, such as "9:05". */
export function formatDuration(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Joins words to "a, b or c". */
export function formatList(words) {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(words);
}
