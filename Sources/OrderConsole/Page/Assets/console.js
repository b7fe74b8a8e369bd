"use strict";
// The operators' page. What messages contain is hostile: it only ever becomes text, by textContent.

// MARK: Elements

/** Makes an element; `properties` are attributes, functions become listeners, children are nodes or texts. */
function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(key, value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function draw(name, properties, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(properties)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** Shows what is invisible: control characters as their pictures, marks of direction and zero width as numbers. */
function visible(text, keepsLines = false) {
  return String(text).replace(
    /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/g,
    (character) => {
      const code = character.charCodeAt(0);
      if (keepsLines && (code === 0x0A || code === 0x09)) return character;
      if (code < 0x20) return String.fromCharCode(0x2400 + code);
      if (code === 0x7F) return "\u2421";
      return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
    });
}

/** A foreign text on one line, kept from turning the direction of what stands beside it. */
function foreign(text, limit = 300) {
  if (text === null || text === undefined || text === "") return "";
  const whole = String(text);
  const cut = whole.length > limit ? whole.slice(0, limit) + "…" : whole;
  return make("bdi", whole.length > limit ? { title: visible(whole.slice(0, 2000)) } : {}, visible(cut));
}

function number(value) {
  return typeof value === "number" ? value.toLocaleString("en") : "0";
}

function counted(count, one, many = one + "s") {
  return `${number(count)} ${count === 1 ? one : many}`;
}

function ago(seconds) {
  if (typeof seconds !== "number" || !isFinite(seconds)) return "";
  for (const [size, unit] of [[86400, "d"], [3600, "h"], [60, "min"]]) {
    if (seconds >= size) return `${Math.floor(seconds / size)} ${unit}`;
  }
  return `${Math.max(0, Math.floor(seconds))} s`;
}

function time(text, isExact = false) {
  const date = new Date(text);
  if (!text || isNaN(date)) return "";
  const exact = date.toISOString().replace("T", " ").replace(/\.\d+Z$/, " UTC");
  const seconds = (Date.now() - date) / 1000;
  const shown = isExact || seconds < 0 ? exact : `${ago(seconds)} ago`;
  return make("time", { datetime: date.toISOString(), title: exact }, shown);
}

/** Arrivals by hour as bars; said in words for who cannot see them. */
function sparkline(values, isBroad = false) {
  const counts = Array.isArray(values) ? values.map((value) => Math.max(0, Number(value) || 0)) : [];
  if (!counts.length) return "";
  const most = Math.max(1, ...counts);
  const width = 5;
  const label = `${counts.reduce((sum, count) => sum + count, 0)} arrived in ${counts.length} hours, `
    + `${Math.max(...counts)} in the busiest, ${counts.at(-1)} in this one`;
  const bars = counts.map((count, index) => {
    const height = count ? Math.max(1.5, (count / most) * 22) : 0;
    return draw("rect", { x: index * width, y: 23 - height, width: width - 1, height });
  });
  return draw("svg", {
    class: isBroad ? "spark broad" : "spark", viewBox: `0 0 ${counts.length * width} 24`,
    preserveAspectRatio: "none", role: "img", "aria-label": label,
  }, draw("line", { x1: 0, x2: counts.length * width, y1: 23.5, y2: 23.5 }), ...bars);
}

function state(name) {
  const kinds = { kept: "bad", replaying: "warm", replayed: "good", discarded: "soft", running: "warm", paused: "warm",
    stopped: "bad", finished: "good", cancelled: "soft", succeeded: "good", failed: "bad", waiting: "soft",
    allowed: "good", refused: "bad" };
  return name ? make("span", { class: `state ${kinds[name] ?? "soft"}` }, visible(name)) : "";
}

/** Any JSON value, readable. */
function values(value) {
  if (value === null || value === undefined) return make("span", { class: "soft" }, "none");
  if (Array.isArray(value)) {
    if (value.every((item) => item === null || typeof item !== "object")) return foreign(value.join(", "), 4000);
    return make("div", {}, value.map((item) => values(item)));
  }
  if (typeof value === "object") {
    return make("dl", {}, Object.entries(value).map(([key, item]) =>
      [make("dt", {}, foreign(key)), make("dd", {}, values(item))]));
  }
  return foreign(value, 4000);
}

function facts(pairs) {
  return make("dl", {}, pairs.filter(([, value]) => value !== "" && value !== null && value !== undefined)
    .map(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
}

/** A list: columns are {title, cell, kind}; a row's first link covers it. */
function list(caption, columns, rows) {
  return make("div", { class: "scroll" }, make("table", { class: "rows" },
    make("caption", { class: "skip" }, caption),
    make("thead", {}, make("tr", {}, columns.map((column) =>
      make("th", { scope: "col", class: column.kind ?? "" }, column.title)))),
    make("tbody", {}, rows.map((row) => make("tr", { class: "row" }, columns.map((column) => {
      const isNamed = column.kind === "number" || column.isNamed;
      return make("td", { class: column.kind ?? "", "data-label": isNamed ? column.title : null }, column.cell(row));
    }))))));
}

// MARK: The console's answers

class Refused extends Error {
  constructor(status, error) {
    super(error?.message ?? (status === 403 ? "You may not do that." : `The console answered ${status}.`));
    this.status = status;
    this.details = Array.isArray(error?.details) ? error.details : [];
    this.requestID = error?.correlationId;
  }
}

async function call(method, path, body, type = "application/json") {
  const options = { method, headers: { accept: "application/json" }, credentials: "same-origin", cache: "no-store" };
  if (method !== "GET") {
    options.headers["content-type"] = type;
    options.body = typeof body === "string" ? body : JSON.stringify(body ?? {});
  }
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refused(0, { message: "The console cannot be reached. What you see may be old; it will be tried again." });
  }
  const text = response.status === 204 ? "" : await response.text();
  let answer = null;
  try { answer = text ? JSON.parse(text) : null; } catch { answer = null; }
  if (!response.ok) throw new Refused(response.status, answer?.error);
  return answer;
}

function query(parameters) {
  const pairs = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return pairs.length ? "?" + new URLSearchParams(pairs) : "";
}

// MARK: State of the page

const main = document.getElementById("main");
const news = document.getElementById("news");
let session = null;
/** What the page shows: {reload, topics, job}. */
let view = null;
let visit = 0;
let newsTimer = 0;

function say(text) {
  news.textContent = text;
  clearTimeout(newsTimer);
  newsTimer = setTimeout(() => { news.textContent = ""; }, 6000);
}

function complaint(error) {
  return make("div", { class: "note wrong", role: "alert" },
    make("p", {}, foreign(error.message, 2000)),
    error.details?.length ? make("ul", {}, error.details.map((detail) =>
      make("li", {}, detail.field ? [foreign(detail.field), ": "] : "", foreign(detail.message ?? detail, 1000)))) : "",
    error.requestID ? make("p", { class: "soft" }, "Request ", foreign(error.requestID)) : "");
}

function may(verb) {
  return session?.scopes?.includes(`orders:dead:${verb}`) ?? false;
}

/** A button that says why it cannot be used. */
function button(title, verb, kind, action) {
  const isAllowed = !verb || may(verb);
  return make("button", { type: "button", class: kind, disabled: !isAllowed,
    title: isAllowed ? null : `Your token lacks the scope orders:dead:${verb}`, click: action }, title);
}

// MARK: Going from page to page

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.origin !== location.origin || link.hasAttribute("download") || link.pathname.startsWith("/v1/")
    || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  go(link.pathname + link.search);
});

window.addEventListener("popstate", () => show());

function go(address) {
  history.pushState(null, "", address);
  show(true);
}

function filters() {
  return Object.fromEntries(new URLSearchParams(location.search));
}

const routes = [
  [/^\/$/, () => (filters().view === "letters" ? lettersPage() : groupsPage())],
  [/^\/groups\/([^/]+)$/, (id) => groupPage(id)],
  [/^\/letters\/([^/]+)$/, (id) => letterPage(id)],
  [/^\/replays$/, () => replaysPage()],
  [/^\/replays\/([^/]+)$/, (id) => replayPage(id)],
  [/^\/audit$/, () => auditPage()],
];

async function show(isNew = false) {
  const mine = ++visit;
  picked.clear();
  view = null;
  document.querySelectorAll("dialog").forEach((dialog) => dialog.remove());
  if (!session) return signInPage();
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
function place(title, content) {
  document.title = `${visible(title)} · orderbus`;
  const focused = document.activeElement?.id;
  main.replaceChildren(...content.flat(Infinity).filter(Boolean));
  if (focused) document.getElementById(focused)?.focus();
}

function ended() {
  session = null;
  signInPage("Your session has ended. Sign in again to go on where you were.");
}

// MARK: Signing in

function signInPage(remark) {
  stopListening();
  document.getElementById("nav").hidden = true;
  document.getElementById("who").hidden = true;
  const problem = make("div");
  const token = make("textarea", { id: "token", rows: 4, class: "mono", required: true, autocomplete: "off",
    spellcheck: "false", "aria-describedby": "token-help" });
  const form = make("form", { class: "sign-in", submit: async (event) => {
    event.preventDefault();
    try {
      await call("POST", "/session", { token: token.value.trim().replace(/^bearer\s+/i, "") });
      token.value = "";
      await begin();
    } catch (error) {
      problem.replaceChildren(complaint(error));
      token.focus();
    }
  } },
    make("h1", {}, "Dead letters"),
    make("p", {}, "Commands that could not be done wait here to be understood, mended and sent again."),
    remark ? make("div", { class: "note" }, make("p", {}, remark)) : "",
    problem,
    make("div", { class: "field" }, make("label", { for: "token" }, "Operator's token"), token,
      make("small", { id: "token-help" },
        "A JWT with a scope orders:dead:…. It is exchanged for a cookie at once and kept nowhere in the page.")),
    make("button", { class: "first" }, "Sign in"));
  place("Sign in", [form]);
  token.focus();
}

async function begin() {
  session = await call("GET", "/session");
  const who = document.getElementById("who");
  who.replaceChildren(
    make("span", { title: (session.scopes ?? []).map((scope) => visible(scope)).join("\n") },
      foreign(session.subject ?? session.clientId), session.tenant ? [" · ", foreign(session.tenant)] : " · all tenants"),
    make("span", { id: "live" }, ""),
    make("button", { type: "button", class: "plain", click: async () => {
      try { await call("DELETE", "/session"); } catch (error) { if (error.status !== 401) return say(error.message); }
      session = null;
      signInPage("You are signed out.");
    } }, "Sign out"));
  who.hidden = false;
  document.getElementById("nav").hidden = false;
  listen();
  await show();
}

// MARK: News without reloading

let source = null;
let poller = 0;
let refresher = 0;

function listen() {
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

function stopListening() {
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
  if (document.hidden) stopListening();
  else if (session && !source) listen();
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

document.addEventListener("visibilitychange", () => { if (!document.hidden && view) refresh(); });

/** Replaces a part's content, and keeps the focus where it was. */
function renew(part, content) {
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const address = focused?.getAttribute("href") ?? focused?.id;
  part.replaceChildren(...content.flat(Infinity).filter(Boolean));
  if (!address) return;
  const again = [...part.querySelectorAll("a[href],input,button")].find((element) =>
    element.getAttribute("href") === address || element.id === address);
  again?.focus({ preventScroll: true });
}

// MARK: Filters

/** A form whose content is the address. */
function filterForm(fields, kept = {}) {
  const current = filters();
  const form = make("form", { class: "filters", role: "search", submit: (event) => {
    event.preventDefault();
    const values = { ...kept };
    for (const [name, value] of new FormData(form)) if (value) values[name] = value;
    go(location.pathname + query(values));
  } }, fields.map(([name, title, choices]) => make("label", {}, title, choices
    ? make("select", { name }, choices.map(([value, shown]) =>
      make("option", { value, selected: (current[name] ?? "") === value }, shown)))
    : make("input", { name, value: current[name] ?? "", autocomplete: "off" }))),
    make("button", {}, "Filter"),
    Object.keys(current).some((name) => !(name in kept)) ? make("a", { href: location.pathname + query(kept) }, "Clear") : "");
  return form;
}

const states = [["", "any"], ["kept", "kept"], ["replaying", "replaying"], ["replayed", "replayed"], ["discarded", "discarded"]];

function nextLink(cursor, title = "Next page") {
  return cursor ? make("p", {}, make("a", { href: location.pathname + query({ ...filters(), cursor }) }, title)) : "";
}

// MARK: Groups

async function groupsPage() {
  const { view: _, ...wanted } = filters();
  const figures = make("div");
  const body = make("div");
  const read = async (isCurrent = () => true) => {
    const [statistics, answer] = await Promise.all([
      call("GET", "/v1/dead/statistics"), call("GET", "/v1/dead/groups" + query({ limit: 100, ...wanted }))]);
    if (!isCurrent()) return;
    renew(figures, [glance(statistics)]);
    renew(body, groupRows(answer, Object.keys(wanted).length > 0));
  };
  const mine = visit;
  await read(() => mine === visit);
  if (mine !== visit) return;
  view = { reload: read, topics: ["groups", "letters"] };
  place("Dead letters", [make("h1", {}, "Dead letters"), figures, filterForm([
    ["command", "Command"], ["code", "Code"], ["state", "State", states], ["tenant", "Tenant"], ["text", "Text in the error"],
    ["onHold", "On hold", [["", "any"], ["true", "yes"], ["false", "no"]]]]), body]);
}

function glance(statistics) {
  const figure = (value, title, kind = "") => make("li", {}, make("b", { class: kind }, value), make("span", {}, title));
  return make("ul", { class: "figures" },
    figure(number(statistics.kept), "waiting for somebody", statistics.kept ? "bad" : "good"),
    figure(number(statistics.replaying), "being replayed"),
    figure(number(statistics.replayed), "replayed"),
    figure(number(statistics.discarded), "discarded"),
    statistics.kept && typeof statistics.oldestAgeSeconds === "number"
      ? figure(ago(statistics.oldestAgeSeconds), "oldest waiting") : "",
    statistics.inflow?.length ? make("li", {}, sparkline(statistics.inflow), make("span", {}, "arrivals by hour")) : "");
}

function groupRows(answer, isFiltered) {
  if (!answer.groups?.length) {
    return [make("p", { class: "empty" }, isFiltered ? "No group fits these filters."
      : "No dead letters. Every command was done or answered.")];
  }
  return [list("Kinds of failure", [
    { title: "Failure", kind: "wide", cell: (group) => [
      make("a", { class: "main", href: `/groups/${encodeURIComponent(group.id)}` }, foreign(group.code), " ", foreign(group.message)),
      make("div", { class: "soft" }, foreign(group.command), group.tenant ? [" · ", foreign(group.tenant)] : " · tenant unknown",
        group.note?.owner ? [" · ", foreign(group.note.owner)] : "",
        group.note?.isOnHold ? [" · ", make("span", { class: "warm" }, "on hold")] : "")] },
    { title: "Waiting", kind: "number", cell: (group) => number(group.kept) },
    { title: "All", kind: "number", cell: (group) => number(group.count) },
    { title: "Failed again", kind: "number", cell: (group) => number(group.repeatFailures) },
    { title: "Arrivals", cell: (group) => sparkline(group.inflow) },
    { title: "First", kind: "time", isNamed: true, cell: (group) => time(group.firstSeen) },
    { title: "Last", kind: "time", isNamed: true, cell: (group) => time(group.lastSeen) },
  ], answer.groups), nextLink(answer.nextCursor)];
}

// MARK: Letters

/** Chosen letters by id. */
const picked = new Set();
const letterFilters = [["state", "State", states], ["client", "Client"], ["customer", "Customer"], ["release", "Release"],
  ["text", "Text"], ["path", "JSON path"], ["value", "Its value"], ["from", "Kept from"], ["before", "Kept before"]];

function letterRows(answer, changed) {
  // A search of what no index knows ends a page early.
  const isCutShort = Boolean(answer.searchedTo);
  const next = nextLink(answer.nextCursor, isCutShort ? "Search older letters" : "Next page");
  if (!answer.letters?.length) {
    const where = isCutShort ? [" among those kept since ", time(answer.searchedTo)] : [];
    return [make("p", { class: "empty" }, "No letter fits", ...where, "."), next];
  }
  return [list("Letters", [
    { title: "Choose", kind: "pick", cell: (letter) => make("label", {}, make("input", { type: "checkbox", id: `pick-${letter.id}`,
      checked: picked.has(letter.id), "aria-label": `Choose ${letter.id}`, change: (event) => {
        if (event.target.checked) picked.add(letter.id); else picked.delete(letter.id);
        changed();
      } })) },
    { title: "Letter", kind: "wide", cell: (letter) => [
      make("a", { class: "main mono", href: `/letters/${encodeURIComponent(letter.id)}` }, visible(letter.id)),
      make("div", {}, foreign(letter.code), " ", foreign(letter.message, 160))] },
    { title: "State", cell: (letter) => state(letter.state) },
    { title: "Command", kind: "time", cell: (letter) => foreign(letter.command) },
    { title: "Client", cell: (letter) => [foreign(letter.clientId), letter.tenant ? [" · ", foreign(letter.tenant)] : ""].flat() },
    { title: "Customer", cell: (letter) => foreign(letter.customerId, 40) },
    { title: "Attempts", kind: "number", cell: (letter) => number(letter.attempts) },
    { title: "Again", kind: "number", cell: (letter) => number(letter.repeatFailures) },
    { title: "Last failure", kind: "time", cell: (letter) => time(letter.lastFailureAt) },
  ], answer.letters), isCutShort ? make("p", {}, "Searched back to ", time(answer.searchedTo), ".") : "", next];
}

/** The list with its buttons; `everything` is the selection behind "all that match". */
async function letterList(parameters, everything, title) {
  const bar = make("div", { class: "actions" });
  const body = make("div");
  const buttons = () => {
    const selection = picked.size ? { ids: [...picked] } : everything;
    const words = picked.size ? `${number(picked.size)} chosen` : title;
    renew(bar, [
      button(`Replay ${words}…`, "replay", "first", () => replayDialogue(selection, words)),
      button(`Migrate ${words}…`, "edit", "", () => migrateDialogue(selection, words)),
      button(`Discard ${words}…`, "discard", "danger", () => settleDialogue("discard", selection, words)),
      button(`Restore ${words}…`, "discard", "", () => settleDialogue("restore", selection, words)),
      may("read") ? make("a", { class: "button", download: true, href: "/v1/dead/export" + query(parameters) }, "Export") : "",
      picked.size ? button("Choose none", null, "plain", () => { picked.clear(); show(); }) : ""]);
  };
  const read = async (isCurrent = () => true) => {
    const { cursor } = filters();
    const answer = await call("GET", "/v1/dead/letters" + query({ limit: 50, ...parameters, cursor }));
    if (isCurrent()) renew(body, letterRows(answer, buttons));
  };
  await read();
  buttons();
  return { bar, body, read };
}

async function lettersPage() {
  const mine = visit;
  const { view: _, cursor: __, ...wanted } = filters();
  const letters = await letterList(wanted, { filter: wanted }, "all that match");
  if (mine !== visit) return;
  view = { reload: letters.read, topics: ["letters"] };
  place("Letters", [make("h1", {}, "Letters"),
    filterForm([["command", "Command"], ["code", "Code"], ["tenant", "Tenant"], ...letterFilters], { view: "letters" }),
    letters.bar, letters.body]);
}

async function groupPage(id) {
  const mine = visit;
  const { cursor: _, ...wanted } = filters();
  const address = `/v1/dead/groups/${encodeURIComponent(id)}`;
  const head = make("div");
  const isWhole = Object.keys(wanted).length === 0;
  const readGroup = async (isCurrent = () => true) => {
    const group = await call("GET", address);
    if (isCurrent()) renew(head, groupHead(group));
    return group;
  };
  const [group, letters] = await Promise.all([readGroup(), letterList({ group: id, ...wanted },
    isWhole ? { group: id } : { filter: { group: id, ...wanted } }, isWhole ? "the group" : "all that match")]);
  if (mine !== visit) return;
  view = { topics: ["groups", "letters"], reload: (isCurrent) =>
    Promise.all([readGroup(isCurrent), letters.read(isCurrent)]) };
  place(`${group.code} ${group.command}`, [make("p", { class: "trail" }, make("a", { href: "/" }, "Groups"), " / ",
    make("span", { class: "mono" }, visible(group.id))), head, noteForm(group, address), letters.bar,
    filterForm(letterFilters), letters.body]);
}

function groupHead(group) {
  return [make("h1", {}, foreign(group.code), " ", foreign(group.message, 600)),
    make("p", { class: "soft" }, foreign(group.command), group.tenant ? [" · tenant ", foreign(group.tenant)] : " · tenant unknown"),
    group.note?.isOnHold ? make("div", { class: "note" }, make("p", {}, "On hold: its letters take part in no replay.")) : "",
    make("ul", { class: "figures" }, [["kept", "waiting"], ["replaying", "being replayed"], ["replayed", "replayed"],
      ["discarded", "discarded"], ["repeatFailures", "failed again after a replay"]].map(([name, title]) =>
      make("li", {}, make("b", {}, number(group[name])), make("span", {}, title))),
      make("li", {}, make("b", {}, time(group.firstSeen)), make("span", {}, "first")),
      make("li", {}, make("b", {}, time(group.lastSeen)), make("span", {}, "last"))),
    sparkline(group.inflow, true)];
}

function noteForm(group, address) {
  const note = group.note ?? {};
  const field = (name, title, value, type = "input") => make("div", { class: "field" },
    make("label", { for: `note-${name}` }, title), type === "textarea"
      ? make("textarea", { id: `note-${name}`, name, rows: 3 }, value ?? "")
      : make("input", { id: `note-${name}`, name, value: value ?? "", autocomplete: "off" }));
  const problem = make("div");
  const form = make("form", { submit: async (event) => {
    event.preventDefault();
    const data = new FormData(form);
    try {
      await call("PUT", address + "/note", { text: data.get("text"), owner: data.get("owner") || null,
        ticketUrl: data.get("ticketUrl") || null, isOnHold: data.has("isOnHold") });
      say("The note is kept.");
      show();
    } catch (error) { problem.replaceChildren(complaint(error)); }
  } }, problem, field("text", "Note", note.text, "textarea"), field("owner", "Who looks after it", note.owner),
    field("ticketUrl", "Ticket (https://…)", note.ticketUrl),
    make("label", { class: "line" }, make("input", { type: "checkbox", name: "isOnHold", checked: note.isOnHold }),
      "On hold: keep its letters out of every replay"),
    make("div", { class: "actions" }, make("button", { disabled: !may("edit") }, "Keep the note")));
  const isLink = /^https?:\/\//i.test(note.ticketUrl ?? "");
  return [note.text || note.owner || note.ticketUrl ? make("div", { class: "note" },
    note.text ? make("p", {}, foreign(note.text, 2000)) : "",
    make("p", { class: "soft" }, note.owner ? [foreign(note.owner), " "] : "",
      isLink ? make("a", { href: note.ticketUrl, rel: "noreferrer noopener", target: "_blank" }, foreign(note.ticketUrl, 100))
        : foreign(note.ticketUrl),
      note.updatedBy ? [" noted by ", foreign(note.updatedBy), " ", time(note.updatedAt)] : "")) : "",
    make("details", {}, make("summary", {}, "Note, owner, ticket, hold"), form)];
}

// MARK: One letter

async function letterPage(id) {
  const mine = visit;
  const address = `/v1/dead/letters/${encodeURIComponent(id)}`;
  const letter = await call("GET", address);
  if (mine !== visit) return;
  const moving = make("div");
  const fill = (letter) => renew(moving, [make("p", {}, state(letter.state), " ",
    letter.repeatFailures ? `failed again ${counted(letter.repeatFailures, "time")} after a replay` : ""), timeline(letter)]);
  fill(letter);
  const body = bodyPart(letter, address);
  view = { topics: ["letters"], reload: async (isCurrent) => {
    const again = await call("GET", address);
    if (!isCurrent()) return;
    if (again.revision !== letter.revision) return show();
    fill(again);
  } };
  const words = "this letter";
  place(`${letter.code} ${id}`, [
    make("p", { class: "trail" }, make("a", { href: "/" }, "Groups"), " / ",
      make("a", { href: `/groups/${encodeURIComponent(letter.groupId)}` }, foreign(letter.code)), " / ",
      make("span", { class: "mono" }, visible(id))),
    make("h1", {}, foreign(letter.code), " ", foreign(letter.message, 1000)),
    make("div", { class: "actions" },
      button("Replay…", "replay", "first", () => replayDialogue({ ids: [id] }, words)),
      button("Edit…", "edit", "", () => body.edit()),
      letter.state === "discarded"
        ? button("Restore…", "discard", "", () => settleDialogue("restore", { ids: [id] }, words))
        : button("Discard…", "discard", "danger", () => settleDialogue("discard", { ids: [id] }, words))),
    make("div", { class: "columns" },
      make("div", {}, make("h2", {}, "Body"), body.part, make("h2", {}, "Headers"), headerTable(letter.headers),
        letter.revisions?.length ? [make("h2", {}, "Revisions"), letter.revisions.map(revision)] : ""),
      make("div", {}, make("h2", {}, "What happened"), moving, make("h2", {}, "Facts"), letterFacts(letter),
        make("h2", {}, "Sent by"), letter.claims ? values(letter.claims)
          : make("p", { class: "warm" }, "No token proved who sent it. It can be replayed once a revision says on whose behalf."),
        make("h2", {}, "Properties"), values(letter.properties ?? {}),
        letter.replays?.length ? [make("h2", {}, "Replays"), letter.replays.map(replayOfLetter)] : ""))]);
}

function letterFacts(letter) {
  return facts([
    ["Command", foreign(letter.command)], ["Attempts", number(letter.attempts)],
    ["First failure", time(letter.firstFailureAt, true)], ["Last failure", time(letter.lastFailureAt, true)],
    ["Kept", time(letter.keptAt, true)], ["Reason", foreign(letter.reason)], ["Release", foreign(letter.release)],
    ["Exchange", foreign(letter.exchange)],
    ["Routing key", foreign(letter.routingKey)],
    ["Customer", foreign(letter.customerId)], ["Order", foreign(letter.orderId)],
    ["Body", letter.bodyBytes === undefined ? "" : counted(letter.bodyBytes, "byte")],
    ["Revision", letter.revision ? number(letter.revision) : "as it arrived"],
    ["Details", letter.details?.length ? values(letter.details) : ""]]);
}

function timeline(letter) {
  return make("ol", { class: "timeline" }, (letter.timeline ?? []).map((event) => make("li", {},
    time(event.at, true), make("b", {}, foreign(event.what)), event.text ? [" ", foreign(event.text, 600)] : "")));
}

function headerTable(headers) {
  if (!headers?.length) return make("p", { class: "soft" }, "None.");
  return make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Headers" }, make("table", {},
    make("thead", {}, make("tr", {}, ["Name", "Type", "Value"].map((title) => make("th", { scope: "col" }, title)))),
    make("tbody", {}, headers.map((header) => make("tr", {}, make("td", {}, foreign(header.name)),
      make("td", { class: "time soft" }, foreign(header.type)),
      make("td", {}, header.value !== null && typeof header.value === "object" ? foreign(JSON.stringify(header.value), 2000)
        : foreign(String(header.value ?? ""), 2000)))))));
}

function revision(revision) {
  const difference = revision.difference ?? {};
  const body = difference.body;
  const { body: _, ...rest } = difference;
  const shown = Object.fromEntries(Object.entries(rest).filter(([, value]) => value && (!Array.isArray(value) || value.length)));
  return make("div", { class: "note" },
    make("p", {}, make("b", {}, `Revision ${number(revision.revision)}`), " by ",
      foreign(revision.madeBy), " ", time(revision.madeAt, true)),
    make("p", {}, foreign(revision.reason, 1000)),
    body ? make("p", {}, `At byte ${number(body.offset)} of the body, ${counted(body.removedBytes, "byte")} became ${number(body.insertedBytes)}.`) : "",
    Object.keys(shown).length ? values(shown) : "");
}

function replayOfLetter(replay) {
  const { replayId: job, letterId: _, position: __, ...rest } = replay;
  return make("div", { class: "note" }, make("p", {}, make("a", { class: "mono", href: `/replays/${encodeURIComponent(job)}` },
    visible(job ?? "replay"))), values(rest));
}

// MARK: A body, masked until somebody says why

const shownAtOnce = 65536;

function bodyPart(letter, address) {
  const part = make("div");
  let revealed = null;
  const masked = () => part.replaceChildren(
    make("pre", { tabindex: 0, "aria-label": "Masked body" },
      typeof letter.bodyMasked === "string" ? indented(letter.bodyMasked) : visible(JSON.stringify(letter.bodyMasked, null, 2) ?? "", true)),
    button("Reveal the values…", "read", "", () => reveal()));
  const reveal = (next = () => {}) => dialogue("Reveal the body", "Reveal", "first", () => [
    make("p", {}, "It may hold personal data. Who revealed it, when and why goes into the audit."),
    reasonField()], async (form) => {
    revealed = await call("POST", address + "/reveal", { reason: form.get("reason") });
    shown();
    return next;
  });
  const shown = () => part.replaceChildren(bodyView(revealed, letter.id));
  masked();
  return { part, edit: () => (revealed ? editDialogue(letter, address, revealed)
    : reveal(() => editDialogue(letter, address, revealed))) };
}

function bodyView(revealed, id) {
  const bytes = decoded(revealed.bodyBase64);
  const isText = revealed.isText && typeof revealed.body === "string";
  const text = isText ? revealed.body : new TextDecoder().decode(bytes);
  let end = shownAtOnce;
  const pre = make("pre", { id: "body", tabindex: 0, "aria-label": "Body" });
  const more = make("div", { class: "actions" });
  const update = () => {
    pre.textContent = text.length > shownAtOnce ? visible(text.slice(0, end), true) : indented(text);
    more.replaceChildren(
      end < text.length ? button(`Show more (${number(text.length - end)} characters left)`, null, "",
        () => { end += shownAtOnce * 4; update(); }) : "",
      bytes.length ? button("Save the bytes", null, "", () => save(bytes, `${id}.bin`)) : "");
  };
  update();
  return make("div", {},
    isText ? "" : make("p", { class: "warm" }, "It is not UTF-8: what cannot be shown stands as \uFFFD, the saved bytes are exact."),
    revealed.isTruncated ? make("p", { class: "warm" }, "It was too long to be given whole.") : "", pre, more);
}

function decoded(base64) {
  try { return Uint8Array.from(atob(base64 ?? ""), (character) => character.charCodeAt(0)); } catch { return new Uint8Array(); }
}

function save(bytes, name) {
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** JSON with line breaks, its tokens as they were sent; anything else as it is. */
function indented(text) {
  try { JSON.parse(text); } catch { return visible(text, true); }
  let result = "";
  let depth = 0;
  const line = () => "\n" + "  ".repeat(Math.min(depth, 40));
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    if (token === "{" || token === "[") { depth += 1; result += token + line(); }
    else if (token === "}" || token === "]") {
      depth -= 1;
      result = /[{[]\s*$/.test(result.slice(-100)) ? result.trimEnd() + token : result + line() + token;
    } else if (token === ",") result += token + line();
    else result += token === ":" ? ": " : token;
  }
  return visible(result, true);
}

// MARK: Dialogues

function reasonField() {
  return make("div", { class: "field" }, make("label", { for: "reason" }, "Reason"),
    make("input", { id: "reason", name: "reason", required: true, minlength: 3, maxlength: 1000, autocomplete: "off" }));
}

/** A modal form; `send` returns what to do once it is closed, and throws to keep it open. */
function dialogue(title, action, kind, content, send) {
  const problem = make("div");
  const submit = make("button", { class: kind }, action);
  const box = make("dialog", { "aria-labelledby": "dialogue-title", close: () => box.remove() });
  const form = make("form", { submit: async (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    submit.disabled = true;
    try {
      const next = await send(new FormData(form), form);
      box.close();
      if (next) next();
    } catch (error) {
      problem.replaceChildren(complaint(error));
      submit.disabled = false;
    }
  } }, make("h2", { id: "dialogue-title" }, title), content({ submit, problem }), problem,
    make("div", { class: "actions" }, submit, make("button", { type: "button", click: () => box.close() }, "Leave it")));
  box.append(form);
  document.body.append(box);
  box.showModal();
  form.querySelector("input,textarea")?.focus();
  return box;
}

/** A field in which the count must be typed before the button works. */
function countField(submit, idle = "Counting…") {
  let count = null;
  const input = make("input", { id: "typed-count", inputmode: "numeric", autocomplete: "off", disabled: true,
    input: () => update() });
  const label = make("label", { for: "typed-count" }, idle);
  const update = () => { submit.disabled = !count || input.value.replace(/[,.\s]/g, "") !== String(count); };
  submit.disabled = true;
  return { part: make("div", { class: "field short" }, label, input), set: (value) => {
    count = value;
    input.disabled = !value;
    label.textContent = value ? `Type ${value} to confirm` : value === null ? idle : "There is nothing to do";
    update();
  } };
}

/** 128 random bits as the console writes ids: a second click sends the same id, and so nothing twice. */
function jobID() {
  const digits = "0123456789abcdefghjkmnpqrstvwxyz";
  const random = crypto.getRandomValues(new Uint8Array(26));
  return "rj_" + [...random].map((byte, index) => digits[index ? byte & 31 : byte & 7]).join("");
}

function replayDialogue(selection, words) {
  const id = jobID();
  dialogue(`Replay ${words}`, "Replay", "first", ({ submit, problem }) => {
    const result = make("div", { "aria-live": "polite" }, make("p", {}, "Counting what would be sent…"));
    const typed = countField(submit);
    dryRun("/v1/dead/replays", { selection, reason: "dry run", ratePerSecond: 10, canary: null, stopAbove: 0.1 }, problem, (answer) => {
      result.replaceChildren(...replayPreview(answer));
      typed.set(answer.count);
    });
    return [result, reasonField(),
      make("div", { class: "field short" }, make("label", { for: "rate" }, "Rate, a second"),
        make("input", { id: "rate", name: "rate", type: "number", min: "0.01", max: "10000", step: "any", value: "10", required: true })),
      make("div", { class: "field" }, make("label", { for: "canary" }, "Steps: wait for each to succeed before the next"),
        make("input", { id: "canary", name: "canary", value: "1, 5, 25, 125", pattern: "\\s*(\\d+\\s*(,\\s*\\d+\\s*)*)?", autocomplete: "off" }),
        make("small", {}, "Empty sends everything at the rate without waiting.")),
      make("div", { class: "field short" }, make("label", { for: "stop" }, "Stop above, % of a step failing"),
        make("input", { id: "stop", name: "stop", type: "number", min: "0", max: "100", step: "any", value: "10", required: true })),
      make("details", {}, make("summary", {}, "Send to another queue"), make("div", { class: "field" },
        make("label", { for: "redirect" }, "Queue"), make("input", { id: "redirect", name: "redirect", autocomplete: "off" }),
        make("small", {}, "An administrator must have bound it to the exchange orders.redirect by its own name. Nobody answers from there: a message counts as done once the broker has it."))),
      typed.part];
  }, async (form) => {
    const steps = (form.get("canary") ?? "").split(",").map((step) => Number.parseInt(step, 10)).filter((step) => step > 0);
    const body = { id, selection, reason: form.get("reason"), ratePerSecond: Number(form.get("rate")),
      canary: steps.length ? steps : null, stopAbove: Number(form.get("stop")) / 100, dryRun: false };
    if (form.get("redirect")) body.redirectTo = form.get("redirect");
    const job = await call("POST", "/v1/dead/replays", body);
    return () => go(`/replays/${encodeURIComponent(job.id)}`);
  });
}

function replayPreview(answer) {
  const lines = [make("p", {}, make("b", {}, counted(answer.count, "letter")), " would be sent again, in your name and on behalf of ",
    "whoever sent them first.")];
  if (answer.skipped) {
    lines.push(make("p", { class: "warm" }, `${counted(answer.skipped, "letter")} of the selection left out: on hold, not waiting, or in another replay.`));
  }
  if (answer.tenants?.length > 1 || answer.tenants?.some((tenant) => tenant.tenant !== session?.tenant)) {
    lines.push(make("p", {}, "In the name of ", answer.tenants.slice(0, 10).map((tenant, index) =>
      [index ? ", " : "", foreign(tenant.tenant), ` (${number(tenant.count)})`]), answer.tenants.length > 10 ? " and more." : "."));
  }
  if (answer.withoutCaller) {
    lines.push(make("p", { class: "warm" }, `${counted(answer.withoutCaller, "letter")} without a proven sender: a revision must say on whose behalf first.`));
  }
  if (answer.sample?.length) {
    lines.push(make("details", {}, make("summary", {}, `A sample of ${answer.sample.length}`), make("table", {},
      make("thead", {}, make("tr", {}, ["Letter", "Failure", "Client"].map((title) => make("th", { scope: "col" }, title)))),
      make("tbody", {}, answer.sample.map((letter) => make("tr", {},
        make("td", {}, make("a", { class: "mono", target: "_blank", href: `/letters/${encodeURIComponent(letter.id)}` }, visible(letter.id).slice(0, 14) + "…")),
        make("td", {}, foreign(letter.code), " ", foreign(letter.message, 80)), make("td", {}, foreign(letter.clientId))))))));
  }
  return lines;
}

async function dryRun(path, body, problem, done) {
  try {
    done(await call("POST", path, { ...body, dryRun: true }));
  } catch (error) {
    problem.replaceChildren(complaint(error));
  }
}

function settleDialogue(verb, selection, words) {
  const isDiscard = verb === "discard";
  dialogue(`${isDiscard ? "Discard" : "Restore"} ${words}`, isDiscard ? "Discard" : "Restore", isDiscard ? "danger first" : "first",
    ({ submit, problem }) => {
      const result = make("p", { "aria-live": "polite" }, "Counting…");
      const typed = countField(submit);
      dryRun(`/v1/dead/${verb}`, { selection, reason: "dry run" }, problem, (answer) => {
        result.textContent = isDiscard
          ? `${counted(answer.count, "letter")} will not be replayed any more. They can be restored until retention removes them.`
          : `${counted(answer.count, "letter")} will wait among the dead letters again.`;
        typed.set(answer.count);
      });
      return [result, reasonField(), typed.part];
    }, async (form) => {
      const answer = await call("POST", `/v1/dead/${verb}`, { selection, reason: form.get("reason"), dryRun: false });
      say(`${counted(answer.count, "letter")} ${isDiscard ? "discarded" : "restored"}.`);
      return () => show();
    });
}

const mappingSteps = [["rename", "rename a member"], ["default", "set a member where it is missing"], ["remove", "take a member out"]];

/** One step of a mapping; `text` gives it as the console's JSON, a default's value exactly as it was written. */
function mappingStep(number, changed) {
  const id = `step-${number}`;
  const kind = make("select", { id, change: () => { update(); changed(); } },
    mappingSteps.map(([value, shown]) => make("option", { value }, shown)));
  const path = make("input", { id: `${id}-path`, class: "mono", placeholder: "$.items[*].id", autocomplete: "off", input: changed });
  const value = make("input", { id: `${id}-value`, class: "mono", autocomplete: "off", input: changed });
  const label = make("label", { for: value.id });
  const rest = make("div", { class: "field" }, label, value);
  const update = () => {
    rest.hidden = kind.value === "remove";
    label.textContent = kind.value === "rename" ? "Its new name" : "Its value, as JSON";
  };
  update();
  return { text: () => {
    if (!path.value.trim()) return null;
    const place = JSON.stringify(path.value.trim());
    if (kind.value === "remove") return `{"remove":${place}}`;
    if (kind.value === "rename") return `{"rename":[${place},${JSON.stringify(value.value.trim())}]}`;
    try { JSON.parse(value.value); } catch {
      throw new Refused(0, { message: `Step ${number + 1}: ${value.value} is not JSON; a text needs quotes.` });
    }
    return `{"default":[${place},${value.value}]}`;
  }, part: make("fieldset", {}, make("legend", {}, `Step ${number + 1}`),
    make("div", { class: "field" }, make("label", { for: id }, "Do"), kind),
    make("div", { class: "field" }, make("label", { for: path.id }, "Where"), path), rest) };
}

function migrateDialogue(selection, words) {
  const steps = [];
  const request = (reason, dryRun) => {
    const mapping = steps.map((step) => step.text()).filter(Boolean);
    if (!mapping.length) throw new Refused(0, { message: "Say what is to change, and where." });
    return JSON.stringify({ selection, reason, dryRun }).slice(0, -1) + `,"mapping":[${mapping.join(",")}]}`;
  };
  dialogue(`Migrate ${words}`, "Migrate", "first", ({ submit, problem }) => {
    const rows = make("div");
    const result = make("div", { "aria-live": "polite" });
    const typed = countField(submit, "Try it first");
    // What was tried is what is sent: a change means another try.
    const changed = () => { result.replaceChildren(); typed.set(null); };
    const add = () => {
      const step = mappingStep(steps.length, changed);
      steps.push(step);
      rows.append(step.part);
    };
    add();
    return [make("p", {}, "Each letter that changes gets a revision; what arrived is kept. What the worker would refuse is left as it is."),
      rows, make("div", { class: "actions" }, button("Add a step", null, "", add), button("Try it", null, "", async () => {
        problem.replaceChildren();
        try {
          const answer = await call("POST", "/v1/dead/migrate", request("dry run", true));
          result.replaceChildren(...migrationPreview(answer));
          typed.set(answer.count);
        } catch (error) { problem.replaceChildren(complaint(error)); }
      })), result, reasonField(), typed.part];
  }, async (form) => {
    const answer = await call("POST", "/v1/dead/migrate", request(form.get("reason"), false));
    say(`${counted(answer.count, "letter")} migrated${answer.refusedCount ? `, ${number(answer.refusedCount)} refused` : ""}.`);
    return () => show();
  });
}

function migrationPreview(answer) {
  const letter = (id) => make("a", { class: "mono", target: "_blank", href: `/letters/${encodeURIComponent(id)}` }, visible(id));
  const lines = [make("p", {}, make("b", {}, counted(answer.count, "letter")), " would change.",
    answer.unchanged ? ` ${number(answer.unchanged)} have nothing to change.` : "",
    answer.skipped ? ` ${number(answer.skipped)} do not wait.` : "")];
  if (answer.refusedCount) {
    lines.push(make("details", {}, make("summary", { class: "warm" }, `${counted(answer.refusedCount, "letter")} would be refused`),
      make("ul", {}, answer.refused.map((refusal) => make("li", {}, letter(refusal.id), " ", foreign(refusal.reason, 400))))));
  }
  if (answer.sample?.length) {
    lines.push(make("details", {}, make("summary", {}, `${counted(answer.sample.length, "letter")} without the values, before and after`),
      answer.sample.map((sample) => [make("p", {}, letter(sample.id)), make("pre", { tabindex: 0, "aria-label": "Before" }, visible(sample.before, true)),
        make("pre", { tabindex: 0, "aria-label": "After" }, visible(sample.after, true))])));
  }
  return lines;
}

function editDialogue(letter, address, revealed) {
  const isText = revealed.isText && typeof revealed.body === "string" && !revealed.isTruncated;
  dialogue("Edit the letter", "Keep as a revision", "first", () => [
    make("p", {}, "The letter as it arrived is kept. The worker's rules are asked before the revision is taken."),
    isText ? make("div", { class: "field" }, make("label", { for: "edited" }, "Body"),
      make("textarea", { id: "edited", name: "body", rows: 16, class: "mono", spellcheck: "false" }, revealed.body))
      : make("p", { class: "warm" }, "This body is no whole text; use orderbus dead edit with a file."),
    letter.claims ? "" : make("fieldset", {}, make("legend", {}, "On whose behalf"),
      [["tenant", "Tenant"], ["clientId", "Client"], ["subject", "Subject, if any"], ["scopes", "Scopes, with spaces"]].map(([name, title]) =>
        make("div", { class: "field" }, make("label", { for: `caller-${name}` }, title),
          make("input", { id: `caller-${name}`, name: `caller-${name}`, autocomplete: "off" })))),
    make("details", {}, make("summary", {}, "Headers"), make("div", { class: "field" },
      make("label", { for: "headers" }, "As JSON, a list of name, type and value"),
      make("textarea", { id: "headers", name: "headers", rows: 8, class: "mono", spellcheck: "false" },
        JSON.stringify(letter.headers ?? [], null, 1)))),
    reasonField()], async (form) => {
    const body = { basedOn: letter.revision ?? 0, reason: form.get("reason") };
    // A textarea gives CR LF for every line break; the body had what it had.
    if (isText) body.body = revealed.body.includes("\r\n") ? form.get("body") : form.get("body").replace(/\r\n/g, "\n");
    else body.bodyBase64 = revealed.bodyBase64;
    if (form.get("caller-tenant") && form.get("caller-clientId")) {
      body.caller = { tenant: form.get("caller-tenant"), clientId: form.get("caller-clientId"),
        subject: form.get("caller-subject") || null, scopes: form.get("caller-scopes").split(/\s+/).filter(Boolean) };
    }
    let headers;
    try { headers = JSON.parse(form.get("headers")); } catch { throw new Refused(0, { message: "The headers are not JSON." }); }
    if (JSON.stringify(headers) !== JSON.stringify(letter.headers ?? [])) body.headers = headers;
    try {
      await call("POST", address + "/revisions", body);
    } catch (error) {
      if (error.status === 409) error.message += " Somebody else was faster: leave this, look at the newest revision, and edit that.";
      throw error;
    }
    say("The revision is kept.");
    return () => show();
  });
}

// MARK: Replays

async function replaysPage() {
  const mine = visit;
  const body = make("div");
  const read = async (isCurrent = () => true) => {
    const answer = await call("GET", "/v1/dead/replays" + query({ limit: 50, ...filters() }));
    if (!isCurrent()) return;
    const jobs = answer.replays ?? [];
    renew(body, jobs.length ? [list("Replays", [
      { title: "Replay", kind: "wide", cell: (job) => [make("a", { class: "main", href: `/replays/${encodeURIComponent(job.id)}` },
        foreign(job.reason, 160)), make("div", { class: "soft mono" }, visible(job.id))] },
      { title: "State", cell: (job) => state(job.state) },
      { title: "Done", kind: "number", cell: (job) => number(job.counts?.succeeded) },
      { title: "Failed", kind: "number", cell: (job) => number(job.counts?.failed) },
      { title: "Waiting", kind: "number", cell: (job) => number(job.counts?.waiting) },
      { title: "By", cell: (job) => foreign(job.createdBy) },
      { title: "Ordered", kind: "time", cell: (job) => time(job.createdAt) },
    ], jobs), nextLink(answer.nextCursor)] : [make("p", { class: "empty" }, "Nothing has been replayed yet.")]);
  };
  await read();
  if (mine !== visit) return;
  view = { reload: read, topics: ["job"] };
  place("Replays", [make("h1", {}, "Replays"), filterForm([["state", "State", [["", "any"], ["running", "running"],
    ["paused", "paused"], ["stopped", "stopped"], ["finished", "finished"], ["cancelled", "cancelled"]]]]), body]);
}

async function replayPage(id) {
  const mine = visit;
  const address = `/v1/dead/replays/${encodeURIComponent(id)}`;
  const head = make("div");
  const body = make("div");
  const read = async (isCurrent = () => true) => {
    const [job, answer] = await Promise.all([call("GET", address), call("GET", address + "/messages" + query(filters()))]);
    if (!isCurrent()) return;
    renew(head, jobHead(job, address));
    renew(body, messageRows(answer));
    document.title = `${visible(job.state)}: ${visible(job.reason)} · orderbus`;
  };
  await read();
  if (mine !== visit) return;
  view = { reload: read, topics: ["job"], job: id };
  place("Replay", [make("p", { class: "trail" }, make("a", { href: "/replays" }, "Replays"), " / ", make("span", { class: "mono" }, visible(id))),
    head, make("h2", {}, "Its messages"), filterForm([["outcome", "Outcome", [["", "any"], ["waiting", "waiting"], ["sent", "sent"],
      ["succeeded", "succeeded"], ["failed", "failed"], ["skipped", "let go"]]]]), body]);
}

function jobHead(job, address) {
  const counts = job.counts ?? {};
  const order = ["waiting", "sent", "succeeded", "failed", "skipped", "unknown"];
  const total = order.reduce((sum, name) => sum + (counts[name] ?? 0), 0);
  const ended = (counts.succeeded ?? 0) + (counts.failed ?? 0) + (counts.skipped ?? 0);
  const control = (verb) => async () => {
    try {
      await call("POST", `${address}/${verb}`, {});
      say(`The replay is to ${verb}.`);
      show();
    } catch (error) { say(error.message); }
  };
  const isOver = job.state === "finished" || job.state === "cancelled";
  return [make("h1", {}, foreign(job.reason, 600)),
    make("p", {}, state(job.state), " ordered by ", foreign(job.createdBy),
      " ", time(job.createdAt), ` · ${number(job.ratePerSecond)} a second`,
      job.steps ? ` · step ${number(Math.min(job.step + 1, job.steps))} of ${number(job.steps)}` : ""),
    job.remark ? make("div", { class: "note" }, make("p", {}, foreign(job.remark, 1000))) : "",
    make("progress", { max: Math.max(1, total), value: ended, "aria-label": `${ended} of ${total} have a result` }),
    make("ul", { class: "figures" }, order.filter((name) => name in counts).map((name) => make("li", {},
      make("b", { class: name === "failed" && counts[name] ? "bad" : name === "succeeded" ? "good" : "" }, number(counts[name])),
      make("span", {}, name)))),
    make("div", { class: "actions" },
      job.state === "running" ? button("Pause", "replay", "", control("pause")) : "",
      job.state === "paused" || job.state === "stopped" ? button("Resume", "replay", "first", control("resume")) : "",
      job.state === "running" && job.remark ? button("Lend my token", "replay", "", control("resume")) : "",
      isOver ? "" : button("Cancel…", "replay", "danger", () => dialogue("Cancel the replay", "Cancel it", "danger first",
        () => make("p", {}, `${counted(counts.waiting ?? 0, "letter")} not yet sent will wait among the dead letters again. What was sent stays sent.`),
        async () => { await call("POST", address + "/cancel", {}); return () => show(); })),
      counts.failed ? button(`Replay the ${number(counts.failed)} that failed…`, "replay", "",
        () => replayDialogue({ failedIn: job.id }, "those that failed")) : "")];
}

function messageRows(answer) {
  const messages = answer.messages ?? [];
  if (!messages.length) return [make("p", { class: "empty" }, "None.")];
  return [list("Messages", [
    { title: "Letter", kind: "wide", cell: (message) => make("a", { class: "main mono",
      href: `/letters/${encodeURIComponent(message.letterId)}` },
      visible(message.letterId)) },
    { title: "Outcome", cell: (message) => state(message.state ?? message.outcome) },
    { title: "Answer", kind: "wide", cell: (message) => {
      return foreign(message.text ?? message.outcome, 400);
    } },
    { title: "Step", kind: "number", cell: (message) => (typeof message.step === "number" ? number(message.step + 1) : "") },
    { title: "Ended", kind: "time", cell: (message) => time(message.endedAt ?? message.takenAt) },
  ], messages), nextLink(answer.nextCursor)];
}

// MARK: Audit

async function auditPage() {
  const mine = visit;
  const body = make("div");
  const result = make("div", { "aria-live": "polite" });
  const read = async () => {
    const answer = await call("GET", "/v1/audit" + query({ limit: 100, ...filters() }));
    const entries = answer.records ?? [];
    renew(body, entries.length ? [list("Audit", [
      { title: "When", kind: "time", cell: (entry) => time(entry.at, true) },
      { title: "Who", cell: (entry) => [foreign(entry.clientId), " ", foreign(entry.subject)] },
      { title: "Did", cell: (entry) => make("b", {}, foreign(entry.action)) },
      { title: "Outcome", cell: (entry) => state(entry.outcome) },
      { title: "What", kind: "wide", cell: (entry) => [targetLink(entry.target), " ", foreign(entry.reason, 300),
        entry.details?.length ? make("details", {}, make("summary", {}, "Details"), facts(entry.details.map((detail) => [foreign(detail.name), foreign(detail.value, 600)]))) : ""] },
      { title: "From", cell: (entry) => foreign(entry.address) },
    ], entries), nextLink(answer.nextCursor)] : [make("p", { class: "empty" }, "Nothing fits.")]);
  };
  await read();
  if (mine !== visit) return;
  view = { reload: async () => {}, topics: [] };
  place("Audit", [make("h1", {}, "Audit"), make("div", { class: "actions" }, button("Check the chain", null, "", async () => {
    result.replaceChildren(make("p", {}, "Checking…"));
    try {
      const answer = await call("GET", "/v1/audit/verify");
      result.replaceChildren(make("div", { class: answer.breach ? "note wrong" : "note" }, make("p", {}, answer.breach
        ? ["Broken after ", counted(answer.count, "entry", "entries"), ": ", values(answer.breach)]
        : `Unbroken: ${counted(answer.count, "entry", "entries")}.`)));
    } catch (error) { result.replaceChildren(complaint(error)); }
  })), result, filterForm([["target", "Target"], ["clientId", "Client"], ["action", "Action"],
    ["outcome", "Outcome", [["", "any"], ["allowed", "allowed"], ["refused", "refused"], ["failed", "failed"]]],
    ["from", "From"], ["before", "Before"]]), body]);
}

function targetLink(target) {
  const pages = { dl_: "/letters/", dg_: "/groups/", rj_: "/replays/" };
  const page = pages[String(target ?? "").slice(0, 3)];
  return page ? make("a", { class: "mono", href: page + encodeURIComponent(target) }, visible(target)) : foreign(target);
}

// MARK: Beginning

begin().catch((error) => signInPage(error.status === 401 ? undefined : error.message));
