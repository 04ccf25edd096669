// Sorting and filtering; without it the page is the same list, the most newsworthy first.
(() => {
  const body = document.querySelector("tbody");
  const rows = [...body.rows];
  const heads = [...document.querySelectorAll("th[data-key]")];
  const form = document.querySelector(".filters");
  const shown = form.querySelector("output");
  const empty = document.querySelector(".empty");
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const words = new Map(rows.map((row) => {
    const { headline, area, region, story } = row.dataset;
    return [row, plain([headline, area, region, story].join(" "))];
  }));

  const bare = (text) => text.replace(/^the /i, "");
  const sort = (head) => {
    const key = head.dataset.key;
    const number = "number" in head.dataset;
    const before = head.getAttribute("aria-sort");
    const down = before ? before === "ascending" : number;
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const compare = (a, b) => number
      ? a.dataset[key] - b.dataset[key]
      : bare(a.dataset[key]).localeCompare(bare(b.dataset[key]), "en-GB", { numeric: true });
    body.append(...rows.sort((a, b) => (down ? -1 : 1) * compare(a, b)));
  };

  const filter = () => {
    const asked = plain(form.elements.text.value).split(/\s+/);
    const chosen = ["story", "period", "status", "region"];
    let count = 0;
    for (const row of rows) {
      const fits = asked.every((word) => words.get(row).includes(word))
        && chosen.every((name) => !form.elements[name].value
          || row.dataset[name].split("|").includes(form.elements[name].value));
      row.hidden = !fits;
      count += fits;
    }
    shown.textContent = count === rows.length ? "" : `${count} of ${rows.length} shown`;
    empty.hidden = count > 0;
  };

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head));
    head.append(button);
  }
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  filter();
})();
