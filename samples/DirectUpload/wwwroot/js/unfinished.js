// Remembers uploads that have not finished, so that they can continue after the page was closed. A page cannot keep the file itself, so the user chooses it again.

/**
 * @typedef {object} UnfinishedUpload
 * @property {string} name
 * @property {number} size
 * @property {number} lastModified
 * @property {string} type
 * @property {string} ticket It is useless to other users, because the application compares the user in the ticket with the user who sends it.
 * @property {string} uploadId
 * @property {number} partCount
 */

export class UnfinishedUploads {
  #key;

  /** @param {string} userId Two users of one browser do not see each other's uploads. */
  constructor(userId) {
    this.#key = `unfinished-uploads/${userId}`;
  }

  /** @returns {UnfinishedUpload[]} */
  all() {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? '[]');
    } catch {
      return [];
    }
  }

  /** Returns the upload of this file. A file with the same name, size and date is the same file. */
  find(file) {
    return this.all().find(upload => isSameFile(upload, file)) ?? null;
  }

  /** @param {UnfinishedUpload} upload */
  remember(upload) {
    this.#save([...this.all().filter(other => !isSameFile(other, upload)), upload]);
  }

  forget(file) {
    this.#save(this.all().filter(upload => !isSameFile(upload, file)));
  }

  /**
   * Reserves an upload for this tab until the returned function is called or the tab is closed. Returns null if a different tab has the upload.
   * @param {string} uploadId
   * @returns {Promise<(() => void) | null>}
   */
  lock(uploadId) {
    // Browsers offer locks only to https and localhost.
    if (!navigator.locks) {
      return Promise.resolve(() => {});
    }

    // A page that is being reloaded releases its locks a moment after the new page has started.
    return new Promise(resolve => navigator.locks
      .request(`unfinished-upload/${uploadId}`, { signal: AbortSignal.timeout(1000) }, () => new Promise(release => resolve(release)))
      .catch(() => resolve(null)));
  }

  #save(uploads) {
    try {
      localStorage.setItem(this.#key, JSON.stringify(uploads));
    } catch {
      // The storage is full or disabled. The upload works, but it cannot continue after a reload.
    }
  }
}

export function isSameFile(one, other) {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}
