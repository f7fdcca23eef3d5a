// The one sentence of a refusal, out of JSON or out of an error page.
export function sentenceOf(text) {
  if (!text) return "";
  if (text.startsWith("{")) {
    try { return JSON.parse(text).message ?? ""; } catch { return ""; }
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  return page.querySelector("[data-error-sentence]")?.textContent.trim() ?? "";
}
