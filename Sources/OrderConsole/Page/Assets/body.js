// A body, masked until somebody says why.
import { dialogue, reasonField } from "./dialogue.js";
import { editDialogue } from "./edit-dialogue.js";
import { make, number, visible } from "./elements.js";
import { button } from "./page.js";
import { call } from "./requests.js";

const shownAtOnce = 65536;

export function bodyPart(letter, address) {
  const part = make("div");
  let revealed = null;
  const masked = () => part.replaceChildren(
    make("pre", { tabindex: 0, "aria-label": "Masked body" },
      typeof letter.bodyMasked === "string" ? indented(letter.bodyMasked) : visible(JSON.stringify(letter.bodyMasked, null, 2) ?? "", true)),
    button("Reveal the values…", "read", "", () => reveal()));
  const reveal = (next = () => {}) => dialogue("Reveal the body", "Reveal", "first", () => [
    make("p", {}, "It may hold personal data. Who revealed it, when and why goes into the audit."),
    reasonField()], async (form) => {
    revealed = await call("POST", address + "/reveal", { reason: form.get("reason") });
    shown();
    return next;
  });
  const shown = () => part.replaceChildren(bodyView(revealed, letter.id));
  masked();
  return { part, edit: () => (revealed ? editDialogue(letter, address, revealed)
    : reveal(() => editDialogue(letter, address, revealed))) };
}

function bodyView(revealed, id) {
  const bytes = decoded(revealed.bodyBase64);
  const isText = revealed.isText && typeof revealed.body === "string";
  const text = isText ? revealed.body : new TextDecoder().decode(bytes);
  let end = shownAtOnce;
  const pre = make("pre", { id: "body", tabindex: 0, "aria-label": "Body" });
  const more = make("div", { class: "actions" });
  const update = () => {
    pre.textContent = text.length > shownAtOnce ? visible(text.slice(0, end), true) : indented(text);
    more.replaceChildren(
      end < text.length ? button(`Show more (${number(text.length - end)} characters left)`, null, "",
        () => { end += shownAtOnce * 4; update(); }) : "",
      bytes.length ? button("Save the bytes", null, "", () => save(bytes, `${id}.bin`)) : "");
  };
  update();
  return make("div", {},
    isText ? "" : make("p", { class: "warm" }, "It is not UTF-8: what cannot be shown stands as \uFFFD, the saved bytes are exact."),
    revealed.isTruncated ? make("p", { class: "warm" }, "It was too long to be given whole.") : "", pre, more);
}

function decoded(base64) {
  try { return Uint8Array.from(atob(base64 ?? ""), (character) => character.charCodeAt(0)); } catch { return new Uint8Array(); }
}

function save(bytes, name) {
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** JSON with line breaks, its tokens as they were sent; anything else as it is. */
function indented(text) {
  try { JSON.parse(text); } catch { return visible(text, true); }
  let result = "";
  let depth = 0;
  const line = () => "\n" + "  ".repeat(Math.min(depth, 40));
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    if (token === "{" || token === "[") { depth += 1; result += token + line(); }
    else if (token === "}" || token === "]") {
      depth -= 1;
      result = /[{[]\s*$/.test(result.slice(-100)) ? result.trimEnd() + token : result + line() + token;
    } else if (token === ",") result += token + line();
    else result += token === ":" ? ": " : token;
  }
  return visible(result, true);
}
