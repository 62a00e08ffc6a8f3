// Messages for screen readers. What they say is also visible somewhere on the page.

// A screen reader needs some time to notice a message before the next one replaces it.
const pause = 1000;

const announceStatus = createQueue(document.getElementById('status'));
const announceAlert = createQueue(document.getElementById('alert'));

/** Says something after the current sentence. */
export function announce(text) {
  announceStatus(text);
}

/** Says something that is not worth waiting for, such as a percentage, unless a different message is still being read. */
export function announceProgress(text) {
  announceStatus(text, { isOptional: true });
}

/** Says something immediately, for errors. */
export function announceError(text) {
  announceAlert(text);
}

function createQueue(element) {
  const texts = [];
  let isBusy = false;
  const next = () => {
    isBusy = texts.length > 0;
    if (isBusy) {
      const text = texts.shift();
      // The same text twice would not be a change.
      element.textContent = element.textContent === text ? `${text}\u00a0` : text;
      setTimeout(next, pause);
    }
  };
  return (text, { isOptional = false } = {}) => {
    if (isBusy && isOptional) {
      return;
    }

    texts.push(text);
    if (!isBusy) {
      next();
    }
  };
}
