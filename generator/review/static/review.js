// Copies a text of the page to the clipboard, where the browser lets a page do so.

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
