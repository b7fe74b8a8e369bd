// The page that is shown, for whom, and the way from one to the next.
import { foreign, make, visible } from "./elements.js";

const main = document.getElementById("main");
const news = document.getElementById("news");
/** Whose page it is, {clientId, subject, tenant, scopes}. */
export let session = null;
/** What the page shows: {reload, topics, job}. */
export let view = null;
/** Counts the pages that were shown: an answer for an earlier one comes too late. */
export let visit = 0;
/** The letters that were chosen on it, by id. */
export const picked = new Set();
/** Patterns of paths and their pages, and the page for who is not signed in. */
let routes = [];
let signIn = () => {};
let newsTimer = 0;

export function say(text) {
  news.textContent = text;
  clearTimeout(newsTimer);
  newsTimer = setTimeout(() => { news.textContent = ""; }, 6000);
}

export function complaint(error) {
  return make("div", { class: "note wrong", role: "alert" },
    make("p", {}, foreign(error.message, 2000)),
    error.details?.length ? make("ul", {}, error.details.map((detail) =>
      make("li", {}, detail.field ? [foreign(detail.field), ": "] : "", foreign(detail.message ?? detail, 1000)))) : "",
    error.requestID ? make("p", { class: "soft" }, "Request ", foreign(error.requestID)) : "");
}

export function may(verb) {
  return session?.scopes?.includes(`orders:dead:${verb}`) ?? false;
}

/** A button that says why it cannot be used. */
export function button(title, verb, kind, action) {
  const isAllowed = !verb || may(verb);
  return make("button", { type: "button", class: kind, disabled: !isAllowed,
    title: isAllowed ? null : `Your token lacks the scope orders:dead:${verb}`, click: action }, title);
}

/** Says what is shown, {reload, topics, job}: news of its topics has it read again. */
export function watch(shown) {
  view = shown;
}

/** Whose page it is from now on; null for nobody's. */
export function signedIn(by) {
  session = by;
}

/** Says what pages there are. */
export function open(pages, signingIn) {
  routes = pages;
  signIn = signingIn;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.origin !== location.origin || link.hasAttribute("download") || link.pathname.startsWith("/v1/")
    || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  go(link.pathname + link.search);
});

window.addEventListener("popstate", () => show());

export function go(address) {
  history.pushState(null, "", address);
  show(true);
}

/** The address's parameters; one without a value is none: the console refuses those. */
export function filters() {
  return Object.fromEntries([...new URLSearchParams(location.search)].filter(([, value]) => value));
}

export async function show(isNew = false) {
  const mine = ++visit;
  picked.clear();
  view = null;
  document.querySelectorAll("dialog").forEach((dialog) => dialog.remove());
  if (!session) return signIn();
  for (const link of document.querySelectorAll("#nav a")) {
    const isHere = link.pathname === location.pathname && link.search.includes("view=") === (filters().view === "letters");
    const isNear = link.pathname === "/replays" && location.pathname.startsWith("/replays/")
      || link.pathname === "/" && !link.search && location.pathname.startsWith("/groups/")
      || link.search && location.pathname.startsWith("/letters/");
    if (isHere || isNear) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const route = routes.find(([pattern]) => pattern.test(location.pathname));
  if (!route) return place("Not found", [make("p", {}, "There is no such page. ", make("a", { href: "/" }, "All groups"))]);
  try {
    await route[1](decodeURIComponent(location.pathname.match(route[0])[1] ?? ""));
  } catch (error) {
    if (mine !== visit) return;
    if (error.status === 401) return ended();
    place(error.status === 404 ? "Not found" : "That did not work", [complaint(error),
      make("div", { class: "actions" }, button("Try again", null, "", () => show()), make("a", { href: "/" }, "All groups"))]);
  }
  if (isNew && mine === visit) { main.focus({ preventScroll: true }); window.scrollTo(0, 0); }
}

/** Shows a page, unless the operator has gone on meanwhile. */
export function place(title, content) {
  document.title = `${visible(title)} · orderbus`;
  const focused = document.activeElement?.id;
  main.replaceChildren(...content.flat(Infinity).filter(Boolean));
  if (focused) document.getElementById(focused)?.focus();
}

export function ended() {
  session = null;
  signIn("Your session has ended. Sign in again to go on where you were.");
}

/** Replaces a part's content, and keeps the focus where it was. */
export function renew(part, content) {
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const address = focused?.getAttribute("href") ?? focused?.id;
  part.replaceChildren(...content.flat(Infinity).filter(Boolean));
  if (!address) return;
  const again = [...part.querySelectorAll("a[href],input,button")].find((element) =>
    element.getAttribute("href") === address || element.id === address);
  again?.focus({ preventScroll: true });
}
