// Filters, whose content is the address.
import { make } from "./elements.js";
import { filters, go } from "./page.js";
import { query } from "./requests.js";

/** A form whose content is the address. */
export function filterForm(fields, kept = {}) {
  const current = filters();
  const form = make("form", { class: "filters", role: "search", submit: (event) => {
    event.preventDefault();
    const values = { ...kept };
    for (const [name, value] of new FormData(form)) if (value) values[name] = value;
    go(location.pathname + query(values));
  } }, fields.map(([name, title, choices, hint]) => make("label", { title: hint }, title, choices
    ? make("select", { name }, choices.map(([value, shown]) =>
      make("option", { value, selected: (current[name] ?? "") === value }, shown)))
    : make("input", { name, value: current[name] ?? "", autocomplete: "off" }))),
    make("button", {}, "Filter"),
    Object.keys(current).some((name) => !(name in kept)) ? make("a", { href: location.pathname + query(kept) }, "Clear") : "");
  return form;
}

export const states = [["", "any"], ["kept", "kept"], ["replaying", "replaying"], ["replayed", "replayed"], ["discarded", "discarded"]];

export function nextLink(cursor, title = "Next page") {
  return cursor ? make("p", {}, make("a", { href: location.pathname + query({ ...filters(), cursor }) }, title)) : "";
}
