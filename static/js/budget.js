// The budget while one types: sums, caps, indirect cost by rule, and a block pasted from a spreadsheet. The rules are those of
// proposals/rules/budget.py, months.py and blocks.py: the server adds up again whatever is sent.
(() => {
  "use strict";

  const { each, announce, readAmount, writeAmount } = window.portal;
  const DIRECT = ["goods", "travel", "personnel", "other"];
  const MONTHS = 12;
  const words = document.getElementById("budget-words");
  const word = (name, values = {}) => {
    const text = words?.content.querySelector(`[data-word="${name}"]`)?.textContent ?? "";
    return Object.entries(values).reduce((filled, [key, value]) => filled.replace(`{${key}}`, value), text);
  };
  const sum = (amounts) => amounts.reduce((total, amount) => total + amount, 0n);

  each("form[data-budget]", (form) => {
    const percent = BigInt(form.dataset.percent);
    const yearBegins = Number(form.dataset.yearBegins);
    const tables = [...form.querySelectorAll("table[data-part]")].filter((table) => table.querySelector("input"));
    const parts = tables.map((table) => table.dataset.part).filter((part) => part !== "funding");
    const state = form.querySelector("[data-paste-state]");
    // The inputs of each table by rows, in the order in which they stand.
    const grids = new Map(
      tables.map((table) => [
        table.dataset.part,
        [...table.querySelectorAll("tr[data-row]")].map((row) => ({
          kind: row.dataset.row,
          inputs: [...row.querySelectorAll("input")],
        })),
      ]),
    );
    const columns = grids.get("lead")[0].inputs.map((_input, place) => place);
    const amountOf = (input) => readAmount(input.value).amount ?? 0n;

    function row(part, kind, column) {
      if (part === "all") return sum(parts.map((own) => row(own, kind, column)));
      return sum(
        grids
          .get(part)
          .filter((one) => kind === "all" || one.kind === kind)
          .map((one) => amountOf(one.inputs[column])),
      );
    }
    const direct = (part, column) => sum(DIRECT.map((kind) => row(part, kind, column)));
    function value(part, kind, column) {
      if (kind === "direct") return direct(part, column);
      if (kind === "limit") return (direct(part, column) * percent) / 100n;
      if (kind === "total") return direct(part, column) + row(part, "indirect", column);
      return row(part, kind, column);
    }

    const place = (month) => (month - yearBegins + MONTHS) % MONTHS;
    function months() {
      const found = columns.map(() => MONTHS);
      const [first, last] = ["first_month", "last_month"].map((name) => Number(form.elements.namedItem(name).value));
      if (first) found[0] -= place(first);
      if (last) found[columns.length - 1] -= MONTHS - 1 - place(last);
      return found.some((number) => number < 1) ? columns.map(() => MONTHS) : found;
    }

    const over = (amount) => {
      const strong = document.createElement("strong");
      strong.className = "over";
      strong.textContent = word("over", { amount: writeAmount(amount) });
      return strong;
    };

    function showCap(line, running) {
      const cap = BigInt(line.dataset.cap);
      const kind = line.dataset.basis === "direct" ? "direct" : "total";
      const share = (column) => (cap * BigInt(running[column])) / BigInt(MONTHS);
      for (const cell of line.querySelectorAll("td[data-column]")) {
        const column = cell.dataset.column === "" ? null : Number(cell.dataset.column);
        if ("share" in line.dataset) {
          if (running[column] >= MONTHS) cell.textContent = "–";
          else {
            const used = value("all", kind, column);
            cell.textContent = writeAmount(share(column));
            if (used > share(column)) {
              const second = document.createElement("p");
              second.append(over(used - share(column)));
              cell.append(second);
            }
          }
        } else if (cell.querySelector("[data-used]")) {
          const used =
            column === null ? sum(columns.map((one) => value("all", kind, one))) : value("all", kind, column);
          const limit = column !== null && "reduced" in line.dataset ? share(column) : cap;
          cell.querySelector("[data-used]").textContent = writeAmount(used);
          cell
            .querySelector("[data-left]")
            .replaceChildren(used > limit ? over(used - limit) : writeAmount(limit - used));
        }
      }
      if ("share" in line.dataset) line.hidden = running.every((number) => number >= MONTHS);
    }

    function show() {
      for (const cell of form.querySelectorAll("[data-sum]")) {
        const { sum: kind, of: part, column } = cell.dataset;
        const shown = column === "" ? columns : [Number(column)];
        cell.textContent = writeAmount(sum(shown.map((one) => value(part, kind, one))));
      }
      const running = months();
      for (const cell of form.querySelectorAll("[data-months] td[data-column]")) {
        cell.textContent = word("months", { count: running[Number(cell.dataset.column)] });
      }
      for (const line of form.querySelectorAll("tr[data-cap]")) showCap(line, running);
    }

    // Beside a cell why it could not be read, until it can.
    function tell(input) {
      const { wrong } = readAmount(input.value);
      const cell = input.closest("td");
      cell.querySelectorAll("[data-told]").forEach((told) => told.remove());
      if (!wrong) {
        input.removeAttribute("aria-invalid");
        return;
      }
      const told = document.createElement("p");
      told.className = "field__errors";
      told.dataset.told = "";
      told.id = `${input.id}_told`;
      told.textContent = word(wrong);
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", told.id);
      cell.append(told);
    }

    function change(input, text) {
      input.value = text;
      tell(input);
    }

    const gridOf = (input) => grids.get(input.closest("table[data-part]")?.dataset.part);

    // What proposals/rules/blocks.py does with a block, from this cell on.
    function paste(input, block, unit) {
      const grid = gridOf(input);
      const top = grid.findIndex((one) => one.inputs.includes(input));
      const left = grid[top].inputs.indexOf(input);
      const before = new Map();
      const outside = [];
      let read = 0;
      let unread = 0;
      const lines = block.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
      lines.forEach((line, down) => {
        line.split("\t").forEach((cell, right) => {
          const text = cell.trim();
          const target = grid[top + down]?.inputs[left + right];
          if (!target) {
            if (text) outside.push(text);
            return;
          }
          before.set(target, target.value);
          const { amount, isBlank, wrong } = readAmount(text, unit);
          if (wrong) {
            unread += 1;
            change(target, unit === "円" ? text : `${text}${unit}`);
          } else {
            if (!isBlank) read += 1;
            change(target, isBlank ? "" : writeAmount(amount));
          }
        });
      });
      const shown = form.elements.namedItem("block_unit");
      const sentences = [word("pasted", { count: read, unit: shown.selectedOptions[0].textContent })];
      if (unread) sentences.push(word("unread", { count: unread }));
      if (outside.length) sentences.push(word("outside", { texts: outside.join(" / ") }));
      const undo = document.createElement("button");
      undo.type = "button";
      undo.className = "button button--text";
      undo.textContent = word("undo");
      undo.addEventListener("click", () => {
        for (const [target, text] of before) change(target, text);
        state.textContent = word("undone");
        show();
      });
      state.replaceChildren(sentences.join(" "), " ", undo);
      announce(sentences.join(" "));
      form.dispatchEvent(new Event("input", { bubbles: true }));
    }

    form.addEventListener("paste", (event) => {
      const input = event.target;
      if (!(input instanceof HTMLInputElement) || !gridOf(input)) return;
      const block = event.clipboardData.getData("text/plain");
      const unit = form.elements.namedItem("block_unit").value || "円";
      // One amount in yen is put in by the browser, where the cursor stands.
      if (unit === "円" && !/[\t\n\r]/.test(block.trim())) return;
      event.preventDefault();
      paste(input, block, unit);
    });
    form.querySelector("button[name=indirect]").addEventListener("click", (event) => {
      event.preventDefault();
      for (const part of parts) {
        const own = grids.get(part).find((one) => one.kind === "indirect");
        columns.forEach((column) => {
          const limit = value(part, "limit", column);
          change(own.inputs[column], limit ? writeAmount(limit) : "");
        });
      }
      form.dispatchEvent(new Event("input", { bubbles: true }));
    });
    form.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement && gridOf(event.target)) tell(event.target);
      show();
    });
    form.addEventListener("input", show);
    show();
  });
})();
