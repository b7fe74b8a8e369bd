// One letter.
import { bodyPart } from "./body.js";
import { counted, facts, foreign, make, number, state, time, values, visible } from "./elements.js";
import { button, place, renew, show, visit, watch } from "./page.js";
import { replayDialogue } from "./replay-dialogue.js";
import { call } from "./requests.js";
import { settleDialogue } from "./settle-dialogue.js";

export async function letterPage(id) {
  const mine = visit;
  const address = `/v1/dead/letters/${encodeURIComponent(id)}`;
  const letter = await call("GET", address);
  if (mine !== visit) return;
  const moving = make("div");
  const fill = (letter) => renew(moving, [make("p", {}, state(letter.state), " ",
    letter.repeatFailures ? `failed again ${counted(letter.repeatFailures, "time")} after a replay` : ""), timeline(letter)]);
  fill(letter);
  const body = bodyPart(letter, address);
  watch({ topics: ["letters"], reload: async (isCurrent) => {
    const again = await call("GET", address);
    if (!isCurrent()) return;
    if (again.revision !== letter.revision) return show();
    fill(again);
  } });
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
