// Who did what.
import { counted, facts, foreign, list, make, state, time, values, visible } from "./elements.js";
import { filterForm, nextLink } from "./filters.js";
import { button, complaint, filters, place, renew, visit, watch } from "./page.js";
import { call, query } from "./requests.js";

export async function auditPage() {
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
  watch({ reload: async () => {}, topics: [] });
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
