// What all dialogues are made of.
import { make } from "./elements.js";
import { complaint } from "./page.js";
import { call } from "./requests.js";

export function reasonField() {
  return make("div", { class: "field" }, make("label", { for: "reason" }, "Reason"),
    make("input", { id: "reason", name: "reason", required: true, minlength: 3, maxlength: 1000, autocomplete: "off" }));
}

/** A modal form; `send` returns what to do once it is closed, and throws to keep it open. */
export function dialogue(title, action, kind, content, send) {
  const problem = make("div");
  const submit = make("button", { class: kind }, action);
  const box = make("dialog", { "aria-labelledby": "dialogue-title", close: () => box.remove() });
  const form = make("form", { submit: async (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    submit.disabled = true;
    try {
      const next = await send(new FormData(form), form);
      box.close();
      if (next) next();
    } catch (error) {
      problem.replaceChildren(complaint(error));
      submit.disabled = false;
    }
  } }, make("h2", { id: "dialogue-title" }, title), content({ submit, problem }), problem,
    make("div", { class: "actions" }, submit, make("button", { type: "button", click: () => box.close() }, "Leave it")));
  box.append(form);
  document.body.append(box);
  box.showModal();
  form.querySelector("input,textarea")?.focus();
  return box;
}

/** A field in which the count must be typed before the button works. */
export function countField(submit, idle = "Counting…") {
  let count = null;
  const input = make("input", { id: "typed-count", inputmode: "numeric", autocomplete: "off", disabled: true,
    input: () => update() });
  const label = make("label", { for: "typed-count" }, idle);
  const update = () => { submit.disabled = !count || input.value.replace(/[,.\s]/g, "") !== String(count); };
  submit.disabled = true;
  return { part: make("div", { class: "field short" }, label, input), set: (value) => {
    count = value;
    input.disabled = !value;
    label.textContent = value ? `Type ${value} to confirm` : value === null ? idle : "There is nothing to do";
    update();
  } };
}

export async function dryRun(path, body, problem, done) {
  try {
    done(await call("POST", path, { ...body, dryRun: true }));
  } catch (error) {
    problem.replaceChildren(complaint(error));
  }
}
