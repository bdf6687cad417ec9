/**
 * What the server tells: one tab listens to it and passes it on to the others, since a browser has
 * few connections to a server, and each that listens would hold one of them.
 */

/** @typedef {{kind: string, files: string[], problem?: string, page: string, locale: string}} News */

const NAME = "yiben-news";
const RETRY = 2000;

/**
 * Hear what the server tells. A connection that is made anew is told as `again`: nothing was heard
 * while there was none.
 * @param {(news: News) => void} hear
 */
export function listen(hear) {
  if (!("locks" in navigator)) {
    connect(hear, false);
    return;
  }
  const others = new BroadcastChannel(NAME);
  others.addEventListener("message", (message) => hear(message.data));
  /** @param {boolean} again */
  const lead = (again) => {
    connect((news) => {
      hear(news);
      others.postMessage(news);
    }, again);
    // The tab leads until it is closed.
    return new Promise(() => undefined);
  };
  void navigator.locks.request(NAME, { ifAvailable: true }, (lock) => {
    if (lock) return lead(false);
    void navigator.locks.request(NAME, () => lead(true));
    return undefined;
  });
}

/** @param {(news: News) => void} hear @param {boolean} again whether another connection was before */
function connect(hear, again) {
  const events = new EventSource("/events");
  events.addEventListener("message", (message) => {
    /** @type {News} */
    const news = JSON.parse(message.data);
    if (news.kind !== "hello") hear(news);
    else if (again) hear({ ...news, kind: "again" });
    else again = true;
  });
  events.addEventListener("error", () => {
    hear({ kind: "lost", files: [], page: "", locale: "" });
    // A browser gives up on a server that refuses, as one does that was started again.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => connect(hear, true), RETRY);
  });
}
