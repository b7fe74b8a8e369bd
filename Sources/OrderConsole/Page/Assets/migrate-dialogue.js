// Mending many letters by one mapping.
import { countField, dialogue, reasonField } from "./dialogue.js";
import { counted, foreign, make, number, visible } from "./elements.js";
import { button, complaint, say, show } from "./page.js";
import { call, Refused } from "./requests.js";

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

/**
 * Has the console go through a selection, some letters a request, for as long as `goesOn` says so.
 * `progress` is told what is known so far.
 */
async function migrate(request, goesOn, progress) {
  const sum = { count: 0, unchanged: 0, skipped: 0, refusedCount: 0, refused: [], sample: [], isWhole: false };
  let cursor;
  while (goesOn()) {
    const answer = await call("POST", "/v1/dead/migrate", request(cursor));
    for (const name of ["count", "unchanged", "skipped", "refusedCount"]) sum[name] += answer[name];
    sum.refused = [...sum.refused, ...answer.refused].slice(0, 100);
    sum.sample = [...sum.sample, ...answer.sample].slice(0, 3);
    cursor = answer.nextCursor;
    sum.isWhole = !cursor;
    progress(sum);
    if (sum.isWhole) break;
  }
  return sum;
}

export function migrateDialogue(selection, words) {
  const steps = [];
  const request = (reason, dryRun) => {
    const mapping = steps.map((step) => step.text()).filter(Boolean);
    if (!mapping.length) throw new Refused(0, { message: "Say what is to change, and where." });
    return (cursor) => JSON.stringify({ selection, reason, dryRun, cursor }).slice(0, -1) + `,"mapping":[${mapping.join(",")}]}`;
  };
  dialogue(`Migrate ${words}`, "Migrate", "first", ({ submit, problem }) => {
    const rows = make("div");
    const result = make("div", { "aria-live": "polite" });
    const typed = countField(submit, "Try it first");
    let tries = 0;
    // What was tried is what is sent: a change means another try.
    const changed = () => { tries++; result.replaceChildren(); typed.set(null); };
    const add = () => {
      const step = mappingStep(steps.length, changed);
      steps.push(step);
      rows.append(step.part);
    };
    add();
    return [make("p", {}, "Each letter that changes gets a revision; what arrived is kept. What the worker would refuse is left as it is."),
      rows, make("div", { class: "actions" }, button("Add a step", null, "", add), button("Try it", null, "", async () => {
        problem.replaceChildren();
        changed();
        const mine = tries;
        const goesOn = () => mine === tries && result.isConnected;
        try {
          const answer = await migrate(request("dry run", true), goesOn, (sum) => {
            if (goesOn()) result.replaceChildren(...migrationPreview(sum));
          });
          if (goesOn()) typed.set(answer.count);
        } catch (error) { problem.replaceChildren(complaint(error)); }
      })), result, reasonField(), typed.part];
  }, async (entered, form) => {
    const tell = (sum) => say(`${counted(sum.count, "letter")} migrated${sum.isWhole ? "" : " so far"}`
      + `${sum.refusedCount ? `, ${number(sum.refusedCount)} refused` : ""}.`);
    await migrate(request(entered.get("reason"), false), () => form.isConnected, tell);
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
