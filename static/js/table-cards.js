// A table.table--cards on a narrow screen shows each row as a card, and each value behind the head of its column. Where the
// template has not written the heads to the cells (role="table" says that it has) they are copied here; without this script such
// a table scrolls to the side. Roles say that it is still a table.
(() => {
  "use strict";

  const roles = [
    ["thead, tbody, tfoot", "rowgroup"],
    ["tr", "row"],
    ["td", "cell"],
    ["thead th", "columnheader"],
    [":is(tbody, tfoot) th", "rowheader"],
  ];

  const label = (table) => {
    const heads = [...table.querySelectorAll("thead tr:only-child > th")].map((head) => head.textContent.trim());
    const rows = [...table.querySelectorAll(":is(tbody, tfoot) tr")];
    if (!heads.length || rows.some((row) => row.cells.length !== heads.length)) return false;
    for (const row of rows) {
      [...row.cells].forEach((cell, place) => {
        if (place) cell.dataset.label = heads[place];
      });
    }
    return true;
  };

  for (const table of document.querySelectorAll("table.table--cards")) {
    if (!table.hasAttribute("role") && !label(table)) continue;
    table.setAttribute("role", "table");
    for (const [parts, role] of roles) {
      for (const part of table.querySelectorAll(parts)) part.setAttribute("role", role);
    }
  }
})();
