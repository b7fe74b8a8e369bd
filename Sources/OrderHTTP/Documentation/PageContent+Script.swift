extension PageContent {
    /// Builds the page from the description; text goes in as text alone, never as markup.
    static let script: StaticString = #"""
        "use strict";
        (() => {
          const make = (name, properties = {}, ...children) => {
            const element = document.createElement(name);
            for (const [key, value] of Object.entries(properties)) {
              if (key in element && key !== "for") element[key] = value; else element.setAttribute(key, value);
            }
            element.append(...children.filter((child) => child !== null));
            return element;
          };

          const resolver = (root) => (node) => {
            while (node && node.$ref) {
              node = node.$ref.slice(2).split("/").reduce((at, part) => at[part], root);
            }
            return node;
          };

          const newKey = () => {
            const bytes = crypto.getRandomValues(new Uint8Array(16));
            return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
          };

          const field = (id, parameter) => {
            const hints = [parameter.in, parameter.required ? "required" : "optional"];
            const input = make("input", { id, autocomplete: "off", spellcheck: false });
            if (parameter.name === "Idempotency-Key") input.value = newKey();
            const label = make("label", { for: id }, parameter.name + " ", make("small", {}, "(" + hints.join(", ") + ")"));
            return { parameter, input, element: make("div", {}, label, input) };
          };

          const request = (method, path, fields, body) => {
            let target = path;
            const query = new URLSearchParams();
            const headers = { Accept: "application/json" };
            const token = document.getElementById("token").value.trim();
            if (token) headers.Authorization = "Bearer " + token;
            for (const { parameter, input } of fields) {
              const value = input.value.trim();
              if (!value) continue;
              if (parameter.in === "path") target = target.replace("{" + parameter.name + "}", encodeURIComponent(value));
              if (parameter.in === "query") query.append(parameter.name, value);
              if (parameter.in === "header") headers[parameter.name] = value;
            }
            if (body && body.value.trim()) headers["Content-Type"] = "application/json";
            const text = query.toString();
            return [text ? target + "?" + text : target,
              { method, headers, body: body && body.value.trim() ? body.value : undefined, cache: "no-store" }];
          };

          const shown = async (response) => {
            const lines = ["HTTP " + response.status + " " + response.statusText];
            for (const [name, value] of response.headers) lines.push(name + ": " + value);
            let text = await response.text();
            try { text = JSON.stringify(JSON.parse(text), null, 2); } catch { /* Shown as it came. */ }
            return lines.join("\n") + "\n\n" + text;
          };

          const form = (id, method, path, parameters, example) => {
            const fields = parameters.map((parameter, index) => field(id + "-" + index, parameter));
            const body = example === undefined ? null
              : make("textarea", { id: id + "-body", rows: 8, spellcheck: false, value: JSON.stringify(example, null, 2) });
            const button = make("button", { type: "submit" }, "Send");
            const output = make("pre", { hidden: true, tabIndex: 0, "aria-label": "Response" });
            const status = make("p", { role: "status" });
            const element = make("form", {}, ...fields.map((one) => one.element),
              body && make("label", { for: body.id }, "Body"), body, button, status, output);
            element.addEventListener("submit", async (event) => {
              event.preventDefault();
              button.disabled = true;
              status.textContent = "Waiting for the answer…";
              const start = performance.now();
              try {
                const response = await fetch(...request(method, path, fields, body));
                output.textContent = await shown(response);
                status.textContent = response.status + " after " + Math.round(performance.now() - start) + " ms";
              } catch (error) {
                output.textContent = String(error);
                status.textContent = "No answer";
              }
              output.hidden = false;
              button.disabled = false;
            });
            return element;
          };

          const answers = (responses, resolve) => make("table", {},
            make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Answer"), make("th", { scope: "col" }, "When"))),
            make("tbody", {}, ...Object.entries(responses).map(([status, response]) =>
              make("tr", {}, make("td", {}, make("code", {}, status)), make("td", {}, resolve(response).description)))));

          const show = (description) => {
            const resolve = resolver(description);
            document.getElementById("about").textContent = description.info.description.replaceAll("`", "");
            const main = document.getElementById("operations");
            for (const [path, item] of Object.entries(description.paths)) {
              for (const method of ["get", "post", "put", "patch", "delete"].filter((name) => item[name])) {
                const operation = item[method];
                const parameters = [...(item.parameters || []), ...(operation.parameters || [])].map(resolve);
                const media = operation.requestBody && operation.requestBody.content["application/json"];
                const example = media && Object.values(media.examples)[0].value;
                main.append(make("details", { id: operation.operationId },
                  make("summary", {}, make("span", { className: "method" }, method.toUpperCase()),
                    make("h2", {}, make("code", {}, path)), " " + operation.summary),
                  make("div", {}, make("p", {}, (operation.description || "").replaceAll("`", "")),
                    answers(operation.responses, resolve),
                    form(operation.operationId, method.toUpperCase(), path, parameters, example))));
              }
            }
            const first = main.querySelector("details");
            if (first) first.open = true;
          };

          document.getElementById("access").addEventListener("submit", (event) => event.preventDefault());
          fetch("/openapi.json").then((response) => response.json()).then(show).catch((error) => {
            document.getElementById("about").textContent = "The description could not be read: " + error;
          });
        })();
        """#
}
