// Signing in and out.
import { foreign, make, visible } from "./elements.js";
import { listen, stopListening } from "./live.js";
import { complaint, place, say, session, show, signedIn } from "./page.js";
import { call } from "./requests.js";

export function signInPage(remark) {
  stopListening();
  document.getElementById("nav").hidden = true;
  document.getElementById("who").hidden = true;
  const problem = make("div");
  const token = make("textarea", { id: "token", rows: 4, class: "mono", required: true, autocomplete: "off",
    spellcheck: "false", "aria-describedby": "token-help" });
  const form = make("form", { class: "sign-in", submit: async (event) => {
    event.preventDefault();
    try {
      await call("POST", "/session", { token: token.value.trim().replace(/^bearer\s+/i, "") });
      token.value = "";
      await begin();
    } catch (error) {
      problem.replaceChildren(complaint(error));
      token.focus();
    }
  } },
    make("h1", {}, "Dead letters"),
    make("p", {}, "Commands that could not be done wait here to be understood, mended and sent again."),
    remark ? make("div", { class: "note" }, make("p", {}, remark)) : "",
    problem,
    make("div", { class: "field" }, make("label", { for: "token" }, "Operator's token"), token,
      make("small", { id: "token-help" },
        "A JWT with a scope orders:dead:…. It is exchanged for a cookie at once and kept nowhere in the page.")),
    make("button", { class: "first" }, "Sign in"));
  place("Sign in", [form]);
  token.focus();
}

export async function begin() {
  signedIn(await call("GET", "/session"));
  const who = document.getElementById("who");
  who.replaceChildren(
    make("span", { title: (session.scopes ?? []).map((scope) => visible(scope)).join("\n") },
      foreign(session.subject ?? session.clientId), session.tenant ? [" · ", foreign(session.tenant)] : " · all tenants"),
    make("span", { id: "live" }, ""),
    make("button", { type: "button", class: "plain", click: async () => {
      try { await call("DELETE", "/session"); } catch (error) { if (error.status !== 401) return say(error.message); }
      signedIn(null);
      signInPage("You are signed out.");
    } }, "Sign out"));
  who.hidden = false;
  document.getElementById("nav").hidden = false;
  listen();
  await show();
}
