// News without reloading.
import { ended, session, view, visit } from "./page.js";

let source = null;
let poller = 0;
let refresher = 0;

export function listen() {
  stopListening();
  const live = document.getElementById("live");
  source = new EventSource("/v1/events");
  source.addEventListener("open", () => {
    clearInterval(poller);
    poller = 0;
    live.textContent = "live";
    live.className = "good";
  });
  source.addEventListener("error", () => {
    live.textContent = "every 5 s";
    live.className = "warm";
    poller ||= setInterval(() => { refresh(); if (source?.readyState === EventSource.CLOSED) listenAgain(); }, 5000);
  });
  source.addEventListener("groups", () => heard("groups"));
  source.addEventListener("letters", () => heard("letters"));
  source.addEventListener("job", (event) => {
    let id = null;
    try { id = JSON.parse(event.data).id; } catch { id = null; }
    if (!view?.job || !id || view.job === id) heard("job");
  });
}

function listenAgain() {
  const old = poller;
  source?.close();
  listen();
  poller ||= old;
}

export function stopListening() {
  source?.close();
  source = null;
  clearInterval(poller);
  poller = 0;
}

/**
 * A browser has six connections for a server: pages that nobody looks at, behind others or left by a link and kept by the
 * browser, must not hold them, or the next click waits for ever.
 */
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return stopListening();
  if (session && !source) listen();
  if (view) refresh();
});

function heard(topic) {
  if (view?.topics.includes(topic)) refresh();
}

/** Reads the shown data again, at most once a second and never under an open dialogue or a chosen row. */
function refresh() {
  if (refresher) return;
  refresher = setTimeout(async () => {
    refresher = 0;
    if (!view || !session || document.hidden || document.querySelector("dialog[open]")) return;
    const mine = visit;
    try {
      await view.reload(() => mine === visit);
    } catch (error) {
      if (error.status === 401 && mine === visit) ended();
    }
  }, 1000);
}
