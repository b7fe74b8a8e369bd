// Letters, chosen by filters and by hand.
import { foreign, list, make, number, state, time, visible } from "./elements.js";
import { filterForm, nextLink, states } from "./filters.js";
import { migrateDialogue } from "./migrate-dialogue.js";
import { button, filters, may, picked, place, renew, show, visit, watch } from "./page.js";
import { replayDialogue } from "./replay-dialogue.js";
import { call, query } from "./requests.js";
import { settleDialogue } from "./settle-dialogue.js";

const arrived = "Of the body as it arrived; revisions are not searched";

export const letterFilters = [["state", "State", states], ["client", "Client"], ["customer", "Customer"], ["release", "Release"],
  ["text", "Text", null, arrived], ["path", "JSON path", null, arrived], ["value", "Its value", null, arrived], ["from", "Kept from"], ["before", "Kept before"]];

function letterRows(answer, changed) {
  // A search of what no index knows ends a page early.
  const isCutShort = Boolean(answer.searchedTo);
  const next = nextLink(answer.nextCursor, isCutShort ? "Search older letters" : undefined);
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
export async function letterList(parameters, everything, title) {
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

export async function lettersPage() {
  const mine = visit;
  const { view: _, cursor: __, ...wanted } = filters();
  const isFiltered = Object.keys(wanted).length > 0;
  const letters = await letterList(wanted, isFiltered ? { filter: wanted } : { everything: true },
    isFiltered ? "all that match" : "all letters");
  if (mine !== visit) return;
  watch({ reload: letters.read, topics: ["letters"] });
  place("Letters", [make("h1", {}, "Letters"),
    filterForm([["command", "Command"], ["code", "Code"], ["tenant", "Tenant"], ...letterFilters], { view: "letters" }),
    letters.bar, letters.body]);
}
