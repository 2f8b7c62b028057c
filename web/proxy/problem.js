// What went wrong, in the proxy's own words: nothing that a service said goes into it.

export class Problem extends Error {
  /**
   * @param {number} status  of the answer
   * @param {string} code  for programs
   * @param {string} sentence  for people
   * @param {{service?: string, retryAfter?: number, allow?: string}} [more]  retryAfter: seconds
   */
  constructor(status, code, sentence, more = {}) {
    super(sentence);
    this.status = status;
    this.code = code;
    this.more = more;
  }
}
