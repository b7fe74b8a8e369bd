// Elements and texts. What messages contain is hostile: it only ever becomes text, by textContent.

/** Makes an element; `properties` are attributes, functions become listeners, children are nodes or texts. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(key, value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function draw(name, properties, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(properties)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** Shows what is invisible: control characters as their pictures, marks of direction and zero width as numbers. */
export function visible(text, keepsLines = false) {
  return String(text).replace(
    /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/g,
    (character) => {
      const code = character.charCodeAt(0);
      if (keepsLines && (code === 0x0A || code === 0x09)) return character;
      if (code < 0x20) return String.fromCharCode(0x2400 + code);
      if (code === 0x7F) return "\u2421";
      return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
    });
}

/** A foreign text on one line, kept from turning the direction of what stands beside it. */
export function foreign(text, limit = 300) {
  if (text === null || text === undefined || text === "") return "";
  const whole = String(text);
  const cut = whole.length > limit ? whole.slice(0, limit) + "…" : whole;
  return make("bdi", whole.length > limit ? { title: visible(whole.slice(0, 2000)) } : {}, visible(cut));
}

export function number(value) {
  return typeof value === "number" ? value.toLocaleString("en") : "0";
}

export function counted(count, one, many = one + "s") {
  return `${number(count)} ${count === 1 ? one : many}`;
}

export function ago(seconds) {
  if (typeof seconds !== "number" || !isFinite(seconds)) return "";
  for (const [size, unit] of [[86400, "d"], [3600, "h"], [60, "min"]]) {
    if (seconds >= size) return `${Math.floor(seconds / size)} ${unit}`;
  }
  return `${Math.max(0, Math.floor(seconds))} s`;
}

export function time(text, isExact = false) {
  const date = new Date(text);
  if (!text || isNaN(date)) return "";
  const exact = date.toISOString().replace("T", " ").replace(/\.\d+Z$/, " UTC");
  const seconds = (Date.now() - date) / 1000;
  const shown = isExact || seconds < 0 ? exact : `${ago(seconds)} ago`;
  return make("time", { datetime: date.toISOString(), title: exact }, shown);
}

/** Arrivals by hour as bars; said in words for who cannot see them. */
export function sparkline(values, isBroad = false) {
  const counts = Array.isArray(values) ? values.map((value) => Math.max(0, Number(value) || 0)) : [];
  if (!counts.length) return "";
  const most = Math.max(1, ...counts);
  const width = 5;
  const label = `${counts.reduce((sum, count) => sum + count, 0)} arrived in ${counts.length} hours, `
    + `${Math.max(...counts)} in the busiest, ${counts.at(-1)} in this one`;
  const bars = counts.map((count, index) => {
    const height = count ? Math.max(1.5, (count / most) * 22) : 0;
    return draw("rect", { x: index * width, y: 23 - height, width: width - 1, height });
  });
  return draw("svg", {
    class: isBroad ? "spark broad" : "spark", viewBox: `0 0 ${counts.length * width} 24`,
    preserveAspectRatio: "none", role: "img", "aria-label": label,
  }, draw("line", { x1: 0, x2: counts.length * width, y1: 23.5, y2: 23.5 }), ...bars);
}

export function state(name) {
  const kinds = { kept: "bad", replaying: "warm", replayed: "good", discarded: "soft", running: "warm", paused: "warm",
    stopped: "bad", finished: "good", cancelled: "soft", succeeded: "good", failed: "bad", waiting: "soft",
    allowed: "good", refused: "bad" };
  return name ? make("span", { class: `state ${kinds[name] ?? "soft"}` }, visible(name)) : "";
}

/** Any JSON value, readable. */
export function values(value) {
  if (value === null || value === undefined) return make("span", { class: "soft" }, "none");
  if (Array.isArray(value)) {
    if (value.every((item) => item === null || typeof item !== "object")) return foreign(value.join(", "), 4000);
    return make("div", {}, value.map((item) => values(item)));
  }
  if (typeof value === "object") {
    return make("dl", {}, Object.entries(value).map(([key, item]) =>
      [make("dt", {}, foreign(key)), make("dd", {}, values(item))]));
  }
  return foreign(value, 4000);
}

export function facts(pairs) {
  return make("dl", {}, pairs.filter(([, value]) => value !== "" && value !== null && value !== undefined)
    .map(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
}

/** A list: columns are {title, cell, kind}; a row's first link covers it. */
export function list(caption, columns, rows) {
  return make("div", { class: "scroll" }, make("table", { class: "rows" },
    make("caption", { class: "skip" }, caption),
    make("thead", {}, make("tr", {}, columns.map((column) =>
      make("th", { scope: "col", class: column.kind ?? "" }, column.title)))),
    make("tbody", {}, rows.map((row) => make("tr", { class: "row" }, columns.map((column) => {
      const isNamed = column.kind === "number" || column.isNamed;
      return make("td", { class: column.kind ?? "", "data-label": isNamed ? column.title : null }, column.cell(row));
    }))))));
}
