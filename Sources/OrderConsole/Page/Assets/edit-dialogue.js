// Mending one letter.
import { dialogue, reasonField } from "./dialogue.js";
import { make } from "./elements.js";
import { say, show } from "./page.js";
import { call, Refused } from "./requests.js";

export function editDialogue(letter, address, revealed) {
  const isText = revealed.isText && typeof revealed.body === "string" && !revealed.isTruncated;
  dialogue("Edit the letter", "Keep as a revision", "first", () => [
    make("p", {}, "The letter as it arrived is kept. The worker's rules are asked before the revision is taken."),
    isText ? make("div", { class: "field" }, make("label", { for: "edited" }, "Body"),
      make("textarea", { id: "edited", name: "body", rows: 16, class: "mono", spellcheck: "false" }, revealed.body))
      : make("p", { class: "warm" }, "This body is no whole text; use orderbus dead edit with a file."),
    letter.claims ? "" : make("fieldset", {}, make("legend", {}, "On whose behalf"),
      [["tenant", "Tenant"], ["clientId", "Client"], ["subject", "Subject, if any"], ["scopes", "Scopes, with spaces"]].map(([name, title]) =>
        make("div", { class: "field" }, make("label", { for: `caller-${name}` }, title),
          make("input", { id: `caller-${name}`, name: `caller-${name}`, autocomplete: "off" })))),
    make("details", {}, make("summary", {}, "Headers"), make("div", { class: "field" },
      make("label", { for: "headers" }, "As JSON, a list of name, type and value"),
      make("textarea", { id: "headers", name: "headers", rows: 8, class: "mono", spellcheck: "false" },
        JSON.stringify(letter.headers ?? [], null, 1)))),
    reasonField()], async (form) => {
    const body = { basedOn: letter.revision ?? 0, reason: form.get("reason") };
    // A textarea gives CR LF for every line break; the body had what it had.
    if (isText) body.body = revealed.body.includes("\r\n") ? form.get("body") : form.get("body").replace(/\r\n/g, "\n");
    else body.bodyBase64 = revealed.bodyBase64;
    const named = ["tenant", "clientId", "subject", "scopes"].filter((name) => form.get(`caller-${name}`)?.trim());
    if (named.length) {
      if (!named.includes("tenant") || !named.includes("clientId")) {
        throw new Refused(0, { message: "On whose behalf: tenant and client are needed." });
      }
      body.caller = { tenant: form.get("caller-tenant"), clientId: form.get("caller-clientId"),
        subject: form.get("caller-subject") || null, scopes: form.get("caller-scopes").split(/\s+/).filter(Boolean) };
    }
    let headers;
    try { headers = JSON.parse(form.get("headers")); } catch { throw new Refused(0, { message: "The headers are not JSON." }); }
    if (JSON.stringify(headers) !== JSON.stringify(letter.headers ?? [])) body.headers = headers;
    try {
      await call("POST", address + "/revisions", body);
    } catch (error) {
      if (error.status === 409) error.message += " Somebody else was faster: leave this, look at the newest revision, and edit that.";
      throw error;
    }
    say("The revision is kept.");
    return () => show();
  });
}
