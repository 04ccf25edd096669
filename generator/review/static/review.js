// The small motions of a draft's page: copy its text, keep what was typed from being left unsaved,
// never let a verdict stand beside words that it is not about, and load a page that waits again.

"use strict";

const SAYS_SO = 2000; // milliseconds
const WAITS = 3000;

if (document.querySelector("[data-waits]")) setTimeout(() => location.reload(), WAITS);

let unsaved = false;
const copiers = navigator.clipboard ? [...document.querySelectorAll("[data-copies]")] : [];

for (const form of document.querySelectorAll("[data-guarded]")) {
  unsaved ||= form.dataset.guarded === "unsaved";
  form.addEventListener("input", () => {
    unsaved = true;
    for (const button of copiers) button.hidden = true; // it would copy what was there before
  });
  form.addEventListener("submit", () => { unsaved = false; });
}
window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

for (const button of copiers) {
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

const reading = document.getElementById("reading");
const unread = document.getElementById("unread");
const unreachable = document.getElementById("unreachable");
if (reading) {
  document.addEventListener("input", () => {
    reading.classList.add("stale");
    unread.hidden = false;
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const isRead = event.detail.successful;
    reading.classList.toggle("stale", !isRead);
    unread.hidden = true;
    unreachable.hidden = isRead;
  });
}
