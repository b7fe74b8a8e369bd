// One kind of failure.
import { foreign, make, number, sparkline, time, visible } from "./elements.js";
import { filterForm } from "./filters.js";
import { letterFilters, letterList } from "./letters.js";
import { complaint, filters, may, place, renew, say, show, visit, watch } from "./page.js";
import { call } from "./requests.js";

export async function groupPage(id) {
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
  watch({ topics: ["groups", "letters"], reload: (isCurrent) =>
    Promise.all([readGroup(isCurrent), letters.read(isCurrent)]) });
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
    // Only what was changed here: somebody else may have changed the rest since this page was read.
    const changes = Object.fromEntries(["text", "owner", "ticketUrl"].map((name) => [name, data.get(name)])
      .filter(([name, value]) => value !== (note[name] ?? "")));
    if (data.has("isOnHold") !== Boolean(note.isOnHold)) changes.isOnHold = data.has("isOnHold");
    if (!Object.keys(changes).length) return say("There is nothing to keep: the note is as it was.");
    try {
      await call("PUT", address + "/note", changes);
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
