// Replays.
import { foreign, list, make, number, state, time, visible } from "./elements.js";
import { filterForm, nextLink } from "./filters.js";
import { filters, place, renew, visit, watch } from "./page.js";
import { call, query } from "./requests.js";

export async function replaysPage() {
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
    ], jobs), nextLink(answer.nextCursor)] : [make("p", { class: "empty" },
      Object.keys(filters()).length ? "No replay fits." : "Nothing has been replayed yet."), nextLink(answer.nextCursor)]);
  };
  await read();
  if (mine !== visit) return;
  watch({ reload: read, topics: ["job"] });
  place("Replays", [make("h1", {}, "Replays"), filterForm([["state", "State", [["", "any"], ["running", "running"],
    ["paused", "paused"], ["stopped", "stopped"], ["finished", "finished"], ["cancelled", "cancelled"]]]]), body]);
}
