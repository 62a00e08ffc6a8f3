// Messages for screen readers. What they say is also visible somewhere on the page.

const status = document.getElementById('status');
const alert = document.getElementById('alert');

/** Says something after the current sentence. */
export function announce(text) {
  say(status, text);
}

/** Says something immediately, for errors. */
export function announceError(text) {
  say(alert, text);
}

function say(element, text) {
  // The same text twice would not be a change.
  element.textContent = element.textContent === text ? `${text}\u00a0` : text;
}
