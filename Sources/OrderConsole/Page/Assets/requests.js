// What is asked of the console, and what it answers.

export class Refused extends Error {
  constructor(status, error) {
    super(error?.message ?? (status === 403 ? "You may not do that." : `The console answered ${status}.`));
    this.status = status;
    this.details = Array.isArray(error?.details) ? error.details : [];
    this.requestID = error?.correlationId;
  }
}

export async function call(method, path, body, type = "application/json") {
  const options = { method, headers: { accept: "application/json" }, credentials: "same-origin", cache: "no-store" };
  if (method !== "GET") {
    options.headers["content-type"] = type;
    options.body = typeof body === "string" ? body : JSON.stringify(body ?? {});
  }
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refused(0, { message: "The console cannot be reached. What you see may be old; it will be tried again." });
  }
  const text = response.status === 204 ? "" : await response.text();
  let answer = null;
  try { answer = text ? JSON.parse(text) : null; } catch { answer = null; }
  if (!response.ok) throw new Refused(response.status, answer?.error);
  return answer;
}

export function query(parameters) {
  const pairs = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return pairs.length ? "?" + new URLSearchParams(pairs) : "";
}
