// What Sphinx's search does with queries, results and excerpts in a book of formulas: see search.py.

splitQuery = (query) =>
  query.match(/\d+\.\d+|\p{L}\/[\p{L}\d](?![\p{L}\d])|[\p{L}\p{N}_]+/gu) ?? [];

Object.assign(Scorer, {
  objNameMatch: 3,
  objPartialMatch: 1,
  objPrio: { 0: 1, 1: 1, 2: 0 },
});

{
  let asked = new Set(); // the words of the query, as they stand in the index
  const parse = Search._parseQuery;
  Search._parseQuery = (query) => {
    const parsed = parse(query.replace(/[−–-](?=\d)/g, ""));
    asked = parsed[1];
    return parsed;
  };

  // a name with an underscore is a function's; other words are the book's first
  const isName = (fullname) => asked.has(fullname.split(".").pop()) && fullname.includes("_");

  const heading = (page, anchor) =>
    Object.entries(Search._index.alltitles).find(([, places]) =>
      places.some(([other, id]) => other === page && `#${id}` === anchor),
    )?.[0];

  let scored = 0; // of equal results the last is shown first, and the index has them so

  Scorer.score = (result) => {
    const [name, title, anchor, description, score] = result;
    const { docnames, order, weights, titles } = Search._index;
    const page = docnames.indexOf(name);
    const position = order[page] / 100; // ties go by the reading order
    if (description) return score + (isName(title) ? 50 : 0) - position;
    if (anchor) {
      const place = title === titles[page] && heading(page, anchor);
      if (place) result[1] = `${title} > ${place}`;
      return 4 * score - position + scored++ / 1e6;
    }
    const each = [...asked].map((word) => Number.parseInt(weights[word]?.[page] ?? 0, 36));
    return score + each.reduce((sum, weight) => sum + weight, 0) / (each.length || 1) - position;
  };

  // a formula in one line of text: KaTeX writes it three times
  const linear = (element) => {
    const parts = [...element.children].map(linear);
    const kind = element.localName;
    if (kind === "annotation") return "";
    if (kind === "mfrac") return parts.join("/");
    if (kind === "msqrt") return `√(${parts.join("")})`;
    if (kind === "msup" && parts[1] !== "′") return parts.join("^");
    return parts.length ? parts.join("") : element.textContent.trim();
  };

  const text = Search.htmlToText;
  Search.htmlToText = (html, anchor) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const formula of page.querySelectorAll(".katex"))
      formula.replaceWith(linear(formula.querySelector("math")));
    for (const unread of page.querySelectorAll(
      ".article-header-buttons, form, svg, .cell_output, .toggle-button",
    ))
      unread.remove();
    return text(page.documentElement.outerHTML, anchor).replace(/\s+/g, " ");
  };
}
