// Reads amounts of yen as people type them: the rule of kernel/money.py, which has the last word when the form is sent.
(() => {
  "use strict";

  const UNITS = { 円: 1n, 千円: 1000n, 百万円: 1000000n };
  const LARGEST = 10n ** 15n;
  const SIGNS = "-－‐‑‒–—―ー−ｰ﹣";
  const AMOUNT = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/;

  // The whole yen of a text in a unit, or the code of why there are none: { amount } or { wrong }. Blank is nothing.
  function readAmount(text, unit = "円") {
    const cleaned = text.trim();
    if (!cleaned) return { amount: 0n, isBlank: true };
    if (SIGNS.includes([...cleaned][0])) return { wrong: "amount_negative" };
    const plain = cleaned.normalize("NFKC").replace(unit === "円" ? /[\s¥￥円]/g : /\s/g, "");
    const found = AMOUNT.exec(plain);
    if (!found) return { wrong: "amount_not_a_number" };
    const decimals = found[2] ?? "";
    const scale = 10n ** BigInt(decimals.length);
    const scaled = BigInt(found[1].replaceAll(",", "") + decimals) * UNITS[unit];
    if (scaled % scale !== 0n) return { wrong: "amount_fractional" };
    const amount = scaled / scale;
    return amount > LARGEST ? { wrong: "amount_too_large" } : { amount };
  }

  // 1234000n as 1,234,000.
  const writeAmount = (amount) => amount.toLocaleString("en-US");

  Object.assign(window.portal, { readAmount, writeAmount });
})();
