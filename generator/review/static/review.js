// The small motions of a draft's page: copy its text, keep what was typed from being left unsaved,
// and say when the page cannot be reached.

"use strict";

const SAYS_SO = 2000; // milliseconds

for (const button of navigator.clipboard ? document.querySelectorAll("[data-copies]") : []) {
  const says = button.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
      button.textContent = "Copied";
    } catch {
      button.textContent = "The browser does not allow it";
    }
    setTimeout(() => { button.textContent = says; }, SAYS_SO);
  });
}

let unsaved = false;
for (const form of document.querySelectorAll("[data-guarded]")) {
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
}
window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

const unreachable = document.getElementById("unreachable");
document.body.addEventListener("htmx:sendError", () => { unreachable.hidden = false; });
document.body.addEventListener("htmx:afterOnLoad", () => { unreachable.hidden = true; });
