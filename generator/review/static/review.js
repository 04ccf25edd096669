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

const typing = document.querySelector("form[hx-post]");
if (typing) {
  const [reading, unread, unreachable, told] =
    ["reading", "unread", "unreachable", "told"].map((id) => document.getElementById(id));
  const say = (banner, is) => {
    const says = is ? banner.dataset.says : "";
    if (banner.textContent !== says) banner.textContent = says; // else it is read out at each key
  };
  const about = new WeakMap(); // of each request, after which input it was sent
  let inputs = 0;

  typing.addEventListener("input", () => {
    inputs += 1;
    reading.classList.add("stale");
    say(unread, true);
  });
  typing.addEventListener("htmx:beforeRequest", ({ detail }) => about.set(detail.xhr, inputs));
  typing.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (about.get(detail.xhr) !== inputs) return; // given up for a later one, or overtaken by it
    reading.classList.toggle("stale", !detail.successful);
    say(unread, false);
    say(unreachable, !detail.successful);
  });
  told.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    detail.shouldSwap = detail.fragment.innerHTML !== told.innerHTML; // else it is read out again
  });
}
