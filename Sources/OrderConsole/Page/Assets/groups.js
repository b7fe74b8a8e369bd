// Kinds of failure.
import { ago, counted, foreign, list, make, number, sparkline, time } from "./elements.js";
import { filterForm, nextLink, states } from "./filters.js";
import { filters, place, renew, visit, watch } from "./page.js";
import { call, query } from "./requests.js";

export async function groupsPage() {
  const { view: _, ...wanted } = filters();
  const figures = make("div");
  const body = make("div");
  const read = async (isCurrent = () => true) => {
    const [statistics, answer] = await Promise.all([
      call("GET", "/v1/dead/statistics"), call("GET", "/v1/dead/groups" + query({ limit: 100, ...wanted }))]);
    if (!isCurrent()) return;
    renew(figures, [glance(statistics)]);
    renew(body, [...groupRows(answer, Object.keys(wanted).length > 0), answer.unseen ? make("p", { class: "warm" },
      `Besides, ${counted(answer.unseen, "letter")} of no proven tenant: operators of the tenant in CONSOLE_OPERATING_TENANT see them.`) : ""]);
  };
  const mine = visit;
  await read(() => mine === visit);
  if (mine !== visit) return;
  watch({ reload: read, topics: ["groups", "letters"] });
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
      : answer.unseen ? "No dead letters that you may see."
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
