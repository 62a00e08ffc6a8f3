// The clock of the application, which can differ from the one of this device.

let offset = 0;

/** @param {string} serverTime The time in a response that has just arrived. */
export function setClock(serverTime) {
  offset = Date.parse(serverTime) - Date.now();
}

export function now() {
  return Date.now() + offset;
}

/** Returns how many minutes the application's clock is ahead of this device's. */
export function minutesAhead() {
  return Math.round(offset / 60_000);
}
