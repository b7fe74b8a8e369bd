// Ordering a replay.
import { countField, dialogue, dryRun, reasonField } from "./dialogue.js";
import { counted, foreign, make, number, visible } from "./elements.js";
import { go, session } from "./page.js";
import { call } from "./requests.js";

/** 128 random bits as the console writes ids: a second click sends the same id, and so nothing twice. */
function jobID() {
  const digits = "0123456789abcdefghjkmnpqrstvwxyz";
  const random = crypto.getRandomValues(new Uint8Array(26));
  return "rj_" + [...random].map((byte, index) => digits[index ? byte & 31 : byte & 7]).join("");
}

export function replayDialogue(selection, words) {
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
        make("small", {}, "Sizes of the first steps; all further ones have the last. Empty sends everything at the rate without waiting.")),
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
    const reasons = [["onHold", "on hold"], ["inReplay", "in another replay"], ["settled", "not waiting"], ["unknown", "not known"]]
      .filter(([name]) => answer.leftOut?.[name]).map(([name, words]) => `${number(answer.leftOut[name])} ${words}`);
    lines.push(make("p", { class: "warm" }, `${counted(answer.skipped, "letter")} of the selection left out${reasons.length ? ": " : ""}${reasons.join(", ")}.`));
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
