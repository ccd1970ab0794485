// A table.table--stack on a narrow screen shows each row as a block, and each value behind the head of its column. The heads are
// copied to the cells here; without this script the table scrolls to the side. Roles say that it is still a table.
(() => {
  "use strict";

  const roles = [
    ["thead, tbody, tfoot", "rowgroup"],
    ["tr", "row"],
    ["td", "cell"],
    ["thead th", "columnheader"],
    [":is(tbody, tfoot) th", "rowheader"],
  ];

  for (const table of document.querySelectorAll("table.table--stack")) {
    const heads = [...table.querySelectorAll("thead tr:only-child > th")].map((head) => head.textContent.trim());
    const rows = [...table.querySelectorAll(":is(tbody, tfoot) tr")];
    if (!heads.length || rows.some((row) => row.cells.length !== heads.length)) continue;
    for (const row of rows) {
      [...row.cells].forEach((cell, place) => {
        if (place) cell.dataset.label = heads[place];
      });
    }
    table.setAttribute("role", "table");
    for (const [parts, role] of roles) {
      for (const part of table.querySelectorAll(parts)) part.setAttribute("role", role);
    }
    table.classList.add("table--stacked");
  }
})();
