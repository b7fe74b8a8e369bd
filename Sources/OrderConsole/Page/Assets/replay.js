// One replay, and what became of its messages.
import { dialogue } from "./dialogue.js";
import { counted, foreign, list, make, number, state, time, visible } from "./elements.js";
import { filterForm, nextLink } from "./filters.js";
import { button, filters, place, renew, say, show, visit, watch } from "./page.js";
import { replayDialogue } from "./replay-dialogue.js";
import { call, query } from "./requests.js";

export async function replayPage(id) {
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
  watch({ reload: read, topics: ["job"], job: id });
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
