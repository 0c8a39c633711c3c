// What the pages do beyond being read: enlarge a figure, search a table. Without it all text, figures and rows are there.
"use strict";

(() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  /** The tables' library looks for a class; the theme for an attribute, or what the reader's system prefers. */
  function followTheme() {
    const theme = document.body.dataset.theme;
    document.documentElement.classList.toggle("dark", theme === "dark" || (theme !== "light" && dark.matches));
  }

  function enlarge(event) {
    const link = event.target.closest("a.enlarge");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const small = link.querySelector("img");
    const large = new Image();
    large.src = link.href;
    large.alt = small.alt;
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Close";
    const box = document.createElement("dialog");
    box.className = "enlarged";
    box.setAttribute("aria-label", "Figure, enlarged");
    box.append(close, large);
    close.addEventListener("click", () => box.close());
    box.addEventListener("click", (click) => { if (click.target === box) box.close(); });
    box.addEventListener("close", () => { box.remove(); link.focus(); });
    document.body.append(box);
    box.showModal();
  }

  /** What stands under a column's heading: a field to type in, or a list to pick from where few different things stand. */
  function filterOf(heading, place) {
    const content = heading.dataset.choices
      ? [{ extend: "dropdown", text: "Choose", icon: "search", content: ["searchClear", "searchList"] }]
      : ["search"];
    return { targets: place, columnControl: [{ target: 1, content }] };
  }

  /** The library gives its fields beneath the headings no names, without which nobody who hears a page can use them. */
  function nameFilters(head) {
    const [headings, filters] = head.rows;
    for (const cell of filters?.cells ?? []) {
      const column = headings.cells[cell.cellIndex].textContent.trim();
      cell.querySelectorAll("input").forEach((field) => field.setAttribute("aria-label", `Filter: ${column}`));
      cell.querySelectorAll("select").forEach((list) => list.setAttribute("aria-label", `How to filter: ${column}`));
      cell.querySelectorAll("button").forEach((button) => button.setAttribute("aria-label", `Choose: ${column}`));
    }
  }

  function searchable(table, DataTable) {
    const headings = [...table.querySelectorAll("thead th")];
    const box = table.closest(".scrolling");
    const name = table.caption.textContent;
    const made = new DataTable(table, {
      autoWidth: false,
      order: [],
      pageLength: 25,
      lengthMenu: [10, 25, 100],
      layout: { topStart: "search", topEnd: "pageLength", bottomStart: "info", bottomEnd: "paging" },
      language: { search: "Search all columns:", lengthMenu: "Rows shown: _MENU_" },
      columnDefs: headings.map(filterOf),
      initComplete() { box.setAttribute("aria-label", name); },
    });
    nameFilters(made.table().header());
    const wanted = decodeURIComponent(window.location.hash.slice(1));
    const row = wanted && made.row((_, __, node) => node.id === wanted);
    if (row && row.any()) made.search(wanted).draw();
  }

  async function takeOverTables() {
    const tables = [...document.querySelectorAll("table.browser")];
    if (!tables.length) return;
    const library = await window[tables[0].dataset.library];
    tables.forEach((table) => searchable(table, library.default));
    document.documentElement.dataset.tables = "ready";
  }

  followTheme();
  dark.addEventListener("change", followTheme);
  new MutationObserver(followTheme).observe(document.body, { attributeFilter: ["data-theme"] });
  document.addEventListener("click", enlarge);
  takeOverTables();
})();
