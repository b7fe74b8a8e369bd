// Discarding and restoring.
import { countField, dialogue, dryRun, reasonField } from "./dialogue.js";
import { counted, make, number } from "./elements.js";
import { say, show } from "./page.js";
import { call } from "./requests.js";

export function settleDialogue(verb, selection, words) {
  const isDiscard = verb === "discard";
  dialogue(`${isDiscard ? "Discard" : "Restore"} ${words}`, isDiscard ? "Discard" : "Restore", isDiscard ? "danger first" : "first",
    ({ submit, problem }) => {
      const result = make("p", { "aria-live": "polite" }, "Counting…");
      const typed = countField(submit);
      dryRun(`/v1/dead/${verb}`, { selection, reason: "dry run" }, problem, (answer) => {
        const leftOut = answer.skipped ? ` ${counted(answer.skipped, "letter")} of the selection left out: not in that state.` : "";
        result.textContent = (isDiscard
          ? `${counted(answer.count, "letter")} will not be replayed any more. They can be restored until retention removes them.`
          : `${counted(answer.count, "letter")} will wait among the dead letters again.`) + leftOut;
        typed.set(answer.count);
      });
      return [result, reasonField(), typed.part];
    }, async (form) => {
      const answer = await call("POST", `/v1/dead/${verb}`, { selection, reason: form.get("reason"), dryRun: false });
      const leftOut = answer.skipped ? `, ${number(answer.skipped)} left out` : "";
      say(`${counted(answer.count, "letter")} ${isDiscard ? "discarded" : "restored"}${leftOut}.`);
      return () => show();
    });
}
