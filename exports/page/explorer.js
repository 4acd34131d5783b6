"use strict";
// The drawing, its filters and the panel. Everything shown comes from the JSON beside this
// script and is set as text, never as markup.
(() => {
  const $ = (id) => document.getElementById(id);
  const { nodes, edges, options, about } = JSON.parse($("data").textContent);
  const items = about.nodes;
  const links = about.edges;
  const rows = [...document.querySelectorAll("tr[data-edge]")];
  const boxes = [...document.querySelectorAll(".legend input")];
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const small = matchMedia("(max-width: 700px)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const embedded = location.protocol === "about:"; // in a notebook: no address of its own
  const byHash = new Map(items.map((item, index) => [item.hash, index]));
  const around = items.map(() => []);
  links.forEach((link, index) => {
    around[link.source].push(index);
    if (link.target !== link.source) around[link.target].push(index);
  });
  const READABLE = 0.78; // the smallest scale at which labels are read without effort
  const PAGE = 200; // rows of the table at once
  const usual = boxes.map((box) => box.checked);
  let network = null;
  let chosen = null; // the number of an item
  let reading = null; // the number of a link
  let tab = "graph";
  let first = 0; // number among the rows that pass the filters

  const element = (tag, text, attributes = {}) => {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const say = (text) => { $("said").textContent = text; };
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const number = (value) => value.toLocaleString("en-GB");
  const count = (value, one, more) => `${number(value)} ${value === 1 ? one : more}`;
  const kindsShown = () => new Set(boxes.filter((box) => box.checked).map((box) => +box.value));
  const nearest = (found, away) => found.reduce((best, node) => (!best || away(node) < away(best) ? node : best), null);
  const isShown = (index, kinds = kindsShown()) => kinds.has(items[index].kind);
  const passages = (numbers) => (numbers || []).map((index) => about.passages[index]);

  // Colours: a tint of the kind's colour on the page's own paper, in light and dark.
  const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const mix = (one, other, share) => {
    const to = channels(other);
    return `rgb(${channels(one).map((from, at) => Math.round(from * (1 - share) + to[at] * share)).join()})`;
  };
  const palette = () => {
    const paper = dark.matches ? "#14181d" : "#ffffff";
    const ink = dark.matches ? "#e7e9ec" : "#1b232c";
    const groups = {};
    about.kinds.forEach((kind, index) => {
      const border = dark.matches ? mix(kind.colour, "#ffffff", 0.35) : kind.colour;
      const background = mix(kind.colour, paper, dark.matches ? 0.66 : 0.9);
      const strong = mix(kind.colour, paper, dark.matches ? 0.4 : 0.74);
      groups[`kind-${index}`] = {
        color: { background, border, highlight: { background: strong, border }, hover: { background: strong, border } },
        font: { color: ink },
      };
    });
    const line = dark.matches ? "#67727e" : "#a5adb5";
    const lit = dark.matches ? "#e7e9ec" : "#1b232c";
    return { groups, edges: { color: { color: line, highlight: lit, hover: lit } } };
  };

  // What is drawn: the main part as far as the filters let it, and all links of what is chosen.
  const seen = () => {
    const kinds = kindsShown();
    const asked = new Set(chosen === null ? [] : around[chosen]);
    if (reading !== null) asked.add(reading);
    const drawnEdges = edges.filter(({ id, aside }) => (!aside || asked.has(id))
      && isShown(links[id].source, kinds) && isShown(links[id].target, kinds));
    const ends = new Set(drawnEdges.flatMap(({ from, to }) => [from, to]).concat(chosen === null ? [] : [chosen]));
    return { edges: drawnEdges, nodes: nodes.filter(({ id, aside }) => (!aside || ends.has(id)) && isShown(id, kinds)) };
  };
  const update = (set, wanted) => {
    const kept = new Set(wanted.map(({ id }) => id));
    set.remove(set.getIds().filter((id) => !kept.has(id)));
    const known = new Set(set.getIds());
    set.add(wanted.filter(({ id }) => !known.has(id)));
  };
  const refresh = () => {
    if (!network) return;
    const wanted = seen();
    update(network.data.edges, wanted.edges);
    update(network.data.nodes, wanted.nodes);
  };
  const draw = () => {
    if (network || typeof vis === "undefined") return;
    const wanted = seen();
    const data = { nodes: new vis.DataSet(wanted.nodes), edges: new vis.DataSet(wanted.edges) };
    network = new vis.Network($("drawing"), data, { ...JSON.parse(options), ...palette(),
      edges: { ...JSON.parse(options).edges, ...palette().edges } });
    network.data = data;
    const canvas = $("drawing").querySelector(".vis-network");
    canvas.tabIndex = -1; // vis adds a tab stop without a name; ours is the box around it
    network.on("click", ({ nodes: [hit], edges: [link] }) => {
      if (hit !== undefined) choose(hit);
      else if (link !== undefined) read(link);
      else release();
    });
    network.once("afterDrawing", () => performance.mark("drawn"));
    if (chosen !== null) network.selectNodes([chosen]);
    open();
  };
  // All of it first; an item that the address names is brought near.
  const open = () => {
    network.fit({ animation: false });
    if (chosen !== null) reveal(chosen);
  };
  const zoom = (factor) => network && network.moveTo({ scale: network.getScale() * factor });

  // The table: rows that pass the filters, page by page.
  const passing = () => rows.filter((row) => !row.classList.contains("off"));
  const turn = (to) => {
    const found = passing();
    first = Math.max(0, Math.min(to, Math.floor((found.length - 1) / PAGE) * PAGE));
    rows.forEach((row) => row.classList.remove("on"));
    found.slice(first, first + PAGE).forEach((row) => row.classList.add("on"));
    $("pages").hidden = found.length <= PAGE;
    $("earlier").disabled = first === 0;
    $("later").disabled = first + PAGE >= found.length;
    $("rows").textContent = `Rows ${number(first + 1)} to ${number(Math.min(first + PAGE, found.length))} of ${number(found.length)}`;
  };
  const turnTo = (edge) => {
    const place = passing().indexOf(rows[edge]);
    if (place >= 0 && !rows[edge].classList.contains("on")) turn(Math.floor(place / PAGE) * PAGE);
  };

  // Filters: the same kinds leave the drawing, the table and the search.
  const filter = () => {
    const kinds = kindsShown();
    const there = links.map((link) => isShown(link.source, kinds) && isShown(link.target, kinds));
    rows.forEach((row, index) => row.classList.toggle("off", !there[index]));
    turn(0);
    if (chosen !== null && !isShown(chosen, kinds)) release();
    else refresh();
    const total = items.filter((item, index) => isShown(index, kinds)).length;
    $("shown").textContent = `${count(total, "item", "items")} of ${number(items.length)}, `
      + `${count(there.filter(Boolean).length, "link", "links")} of ${number(links.length)}`;
    search();
  };
  const words = (item) => {
    item.search ??= fold([item.label, ...item.facts.map(([, value]) => value),
      ...passages(item.passages).map(([quote]) => quote)].join(" "));
    return item.search;
  };
  const search = () => {
    const wanted = fold($("search").value).split(/\s+/).filter(Boolean);
    $("results").replaceChildren();
    $("found").textContent = "";
    if (!wanted.length) return [];
    const kinds = kindsShown();
    const found = items.flatMap((item, index) =>
      isShown(index, kinds) && wanted.every((word) => words(item).includes(word)) ? [index] : []);
    const most = 30;
    $("found").textContent = count(found.length, "item fits", "items fit")
      + (found.length > most ? `, the first ${most} are listed` : "");
    $("results").append(...found.slice(0, most).map((index) => {
      const item = element("li");
      item.append(button(index));
      return item;
    }));
    return found;
  };
  const button = (index) => {
    const kind = about.kinds[items[index].kind];
    const made = element("button", undefined, { type: "button", class: `kind-${items[index].kind}` });
    made.append(element("span", kind.sign, { class: "sign", "aria-hidden": "true" }),
      element("span", ` ${items[index].label}`, { dir: "auto" }), element("span", kind.one, { class: "kind" }));
    made.addEventListener("click", () => choose(index, { read: true }));
    return made;
  };

  // The address: #item?tab=table&hide=kind&show=kind is this view; Back is undo.
  const address = () => {
    const state = new URLSearchParams();
    if (tab !== start) state.set("tab", tab);
    boxes.forEach((box, index) => {
      if (box.checked !== usual[index]) state.append(box.checked ? "show" : "hide", about.kinds[+box.value].name);
    });
    if (reading !== null) state.set("link", reading);
    const item = chosen === null ? "" : items[chosen].hash;
    return item || `${state}` ? `#${item}${`${state}` ? `?${state}` : ""}` : "";
  };
  const note = (replace = false) => {
    if (embedded || address() === location.hash) return;
    const url = location.pathname + location.search + address();
    history[replace ? "replaceState" : "pushState"](null, "", url);
  };
  const fromAddress = () => {
    const [item, query = ""] = location.hash.slice(1).split("?");
    if (item && !byHash.has(item)) return; // an anchor of the page, such as #content
    const state = new URLSearchParams(query);
    const changed = (how, index) => state.getAll(how).includes(about.kinds[+boxes[index].value].name);
    boxes.forEach((box, index) => {
      box.checked = usual[index] ? !changed("hide", index) : changed("show", index);
    });
    filter();
    show(state.get("tab") === "table" || state.get("tab") === "graph" ? state.get("tab") : start);
    const link = state.has("link") ? Number(state.get("link")) : -1;
    if (item) choose(byHash.get(item), { keep: true });
    else if (links[link]) read(link, { keep: true });
    else release({ keep: true });
  };

  // What is chosen: in the drawing, the table, the panel and the address.
  const choose = (index, { read: focus = false, keep = false, step = false } = {}) => {
    if (!isShown(index)) {
      boxes.find((box) => +box.value === items[index].kind).checked = true;
      filter();
    }
    chosen = index;
    reading = null;
    const mine = new Set(around[index]);
    rows.forEach((row, edge) => row.classList.toggle("chosen", mine.has(edge)));
    if (!around[index].some((edge) => rows[edge].classList.contains("on"))) around[index].slice(0, 1).forEach(turnTo);
    refresh();
    if (network) network.selectNodes([index]);
    panel(itemPanel(index));
    if (network) reveal(index);
    if (!keep) note(step);
    const kind = about.kinds[items[index].kind];
    say(`${kind.one}: ${items[index].label}. ${count(around[index].length, "link", "links")}.`);
    if (focus) $("details").querySelector("h2").focus();
  };
  const read = (edge, { keep = false } = {}) => {
    const kinds = [links[edge].source, links[edge].target].map((end) => items[end].kind);
    if (boxes.some((box) => kinds.includes(+box.value) && !box.checked)) {
      boxes.forEach((box) => { box.checked ||= kinds.includes(+box.value); });
      filter();
    }
    chosen = null;
    reading = edge;
    rows.forEach((row, index) => row.classList.toggle("chosen", index === edge));
    turnTo(edge);
    refresh();
    if (network) network.selectEdges([edge]);
    panel(linkPanel(edge));
    if (!keep) note();
    say(`Link: ${items[links[edge].source].label} ${links[edge].words} ${items[links[edge].target].label}.`);
  };
  // Bring an item into the part of the drawing that the panel leaves free.
  const reveal = (index) => {
    const { clientWidth, clientHeight } = $("drawing");
    if (!clientWidth) return;
    if (small.matches) $("graph").scrollIntoView(); // the panel covers the lower half of the screen
    const [drawing, over] = [$("drawing").getBoundingClientRect(), $("panel").getBoundingClientRect()];
    const beside = small.matches ? 0 : over.width;
    const below = small.matches ? Math.max(0, drawing.bottom - over.top) : 0;
    const { x, y } = network.canvasToDOM(network.getPosition(index));
    if (x > 85 && y > 40 && x < clientWidth - beside - 85 && y < clientHeight - below - 40) return;
    const scale = Math.max(network.getScale(), READABLE);
    const offset = { x: -beside / 2, y: -below / 2 };
    network.moveTo({ position: network.getPosition(index), scale, offset, animation: false });
  };
  const release = ({ keep = false } = {}) => {
    chosen = null;
    reading = null;
    rows.forEach((row) => row.classList.remove("chosen"));
    refresh();
    if (network) network.unselectAll();
    $("panel").hidden = true;
    $("content").classList.remove("reading");
    if (!keep) note();
  };
  const quotes = (found) => found.flatMap(([quote, paragraph]) => {
    const said = element("blockquote", quote, { dir: "auto" });
    return paragraph ? [said, element("p", `Paragraph ${paragraph}`, { class: "quiet" })] : [said];
  });
  // Only these two sites are ever linked to; in a frame the address is given as text.
  const out = (url, source) => {
    if (!/^https:\/\/www\.lgo\.org\.uk\/|^http:\/\/www\.legislation\.gov\.uk\//.test(url || "")) return [];
    return [embedded ? element("span", url, { class: "quiet" })
      : element("a", source, { href: url, rel: "noreferrer noopener" })];
  };
  const PUBLISHED = "Read the published decision";
  const part = (title) => element("h3", title, { class: "panel-part" });
  const tools = (outward) => {
    const made = element("div", undefined, { class: "panel-tools" });
    const copy = element("button", "Copy link", { type: "button" });
    copy.hidden = embedded;
    copy.addEventListener("click", () => {
      const done = navigator.clipboard ? navigator.clipboard.writeText(location.href) : Promise.reject();
      done.then(() => say("Link copied."), () => say("The address bar holds the link.")).then(() => { copy.textContent = $("said").textContent; });
    });
    const close = element("button", "Close", { type: "button" });
    close.addEventListener("click", leave);
    made.append(...outward, copy, close);
    return made;
  };
  const leave = () => {
    const back = $(tab === "graph" ? "drawing" : "table");
    release();
    back.focus();
  };
  const itemPanel = (index) => {
    const item = items[index];
    const kind = about.kinds[item.kind];
    const head = element("p", undefined, { class: `kind kind-${item.kind}` });
    head.append(element("span", kind.sign, { class: "sign", "aria-hidden": "true" }), ` ${kind.one}`);
    const list = element("dl", undefined, { class: "facts" });
    item.facts.forEach(([name, value]) => list.append(element("dt", name), element("dd", value, { dir: "auto" })));
    const shown = [head, element("h2", item.label, { tabindex: "-1", dir: "auto" })];
    if (item.facts.length) shown.push(list);
    if (item.passages.length) shown.push(part("What the decision says"), ...quotes(passages(item.passages)));
    shown.push(tools(out(item.url, item.source)));
    if (!around[index].length) return shown;
    const linked = element("div", undefined, { class: "linked" });
    around[index].forEach((edge) => {
      const outward = links[edge].source === index;
      const said = outward ? `${links[edge].words} …` : `… ${links[edge].words} this`;
      linked.append(element("span", said, { class: "words" }), button(outward ? links[edge].target : links[edge].source),
        ...evidence(edge));
    });
    shown.push(part(count(around[index].length, "link", "links")), linked);
    return shown;
  };
  // The words of one link, folded: those of the chosen item itself stand above already.
  const evidence = (edge) => {
    const { says, numbers, url } = links[edge];
    const made = numbers ? [element("p", numbers, { class: "quiet numbers" })] : [];
    if (!says) return made;
    const folded = element("details", undefined, { class: "evidence" });
    folded.append(element("summary", count(says.length, "quotation", "quotations")), ...quotes(passages(says)), ...out(url, PUBLISHED));
    return [...made, folded];
  };
  const linkPanel = (edge) => {
    const { source, target, says, numbers, url } = links[edge];
    const ends = element("div", undefined, { class: "linked" });
    ends.append(button(source), element("span", links[edge].words, { class: "words" }), button(target));
    const shown = [element("p", "link", { class: "kind" }),
      element("h2", `${items[source].label} ${links[edge].words} ${items[target].label}`, { tabindex: "-1", dir: "auto" }), ends];
    if (numbers) shown.push(element("p", numbers));
    if (says) shown.push(part("What the decision says"), ...quotes(passages(says)));
    shown.push(tools(out(url, PUBLISHED)));
    return shown;
  };
  const panel = (shown) => {
    $("details").replaceChildren(...shown);
    $("panel").hidden = false;
    $("content").classList.add("reading");
    $("panel").scrollTop = 0;
  };

  // Keyboard: up and down within a column, left and right to the nearest item of the next.
  const step = (key) => {
    const kinds = kindsShown();
    const places = nodes.filter((node) => isShown(node.id, kinds));
    if (chosen === null) return nearest(places, (node) => node.x * 1e6 + node.y);
    const from = nodes[chosen];
    const sign = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
    if (key === "ArrowUp" || key === "ArrowDown") {
      return nearest(places.filter((node) => node.x === from.x && (node.y - from.y) * sign > 0), (node) => Math.abs(node.y - from.y));
    }
    const beside = places.filter((node) => (node.x - from.x) * sign > 0);
    return nearest(beside, (node) => Math.abs(node.x - from.x) * 1e6 + Math.abs(node.y - from.y));
  };
  $("drawing").addEventListener("keydown", (event) => {
    const { key } = event;
    if (event.altKey || event.ctrlKey || event.metaKey) return; // Alt and an arrow are the browser's Back
    if (key.startsWith("Arrow")) { const next = step(key); if (next) choose(next.id, { step: chosen !== null }); }
    else if (key === "Enter" && chosen !== null) choose(chosen, { read: true });
    else if (key === "Escape") release();
    else if (key === "+" || key === "=") zoom(1.25);
    else if (key === "-") zoom(0.8);
    else if (key === "0") network.fit();
    else return;
    event.preventDefault();
  });
  $("panel").addEventListener("keydown", ({ key }) => { if (key === "Escape") leave(); });
  $("table").addEventListener("click", (event) => {
    const index = byHash.get((event.target.closest("a[href^='#']") || { hash: "" }).hash.slice(1));
    if (index === undefined) return;
    event.preventDefault(); // the address keeps filters and tab
    choose(index, { read: true });
  });
  $("earlier").addEventListener("click", () => { turn(first - PAGE); $("table").scrollTop = 0; });
  $("later").addEventListener("click", () => { turn(first + PAGE); $("table").scrollTop = 0; });

  // Tabs
  const show = (name, focus = false) => {
    tab = name;
    ["graph", "table"].forEach((each) => {
      $(each).hidden = each !== name;
      $(`tab-${each}`).setAttribute("aria-selected", String(each === name));
      $(`tab-${each}`).tabIndex = each === name ? 0 : -1;
    });
    document.querySelector(".graph-tools").hidden = name !== "graph";
    if (name === "graph") draw();
    if (focus) $(`tab-${name}`).focus();
  };
  ["graph", "table"].forEach((name) => {
    $(`tab-${name}`).addEventListener("click", () => { show(name); note(); });
    $(`tab-${name}`).addEventListener("keydown", ({ key }) => {
      if (key === "ArrowLeft" || key === "ArrowRight") { show(name === "graph" ? "table" : "graph", true); note(); }
    });
  });

  // Files
  const save = (blob, name) => {
    const anchor = element("a", "", { download: name });
    anchor.href = URL.createObjectURL(blob);
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
  };
  // A cell that a spreadsheet would run as a formula gets an apostrophe in front.
  const cell = (text) => `"${String(text).replace(/^([=+\-@\t\r])/, "'$1").replace(/"/g, '""')}"`;
  const csv = () => {
    const lines = [["From kind", "From", "Link", "To kind", "To", "Number", "Quote", "Paragraph", "Decision"]];
    links.forEach((link, index) => {
      if (rows[index].classList.contains("off")) return;
      const said = passages(link.says);
      lines.push([about.kinds[items[link.source].kind].one, items[link.source].label, link.words,
        about.kinds[items[link.target].kind].one, items[link.target].label, link.numbers || "",
        said.map(([quote]) => quote).join(" | "), said.map(([, paragraph]) => paragraph ?? "").join(" | "), link.url || ""]);
    });
    return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
  };
  $("csv").addEventListener("click", () => save(new Blob([csv()], { type: "text/csv" }), "faultlines.csv"));
  $("picture").addEventListener("click", () => {
    const drawn = $("drawing").querySelector("canvas");
    const sheet = element("canvas");
    sheet.width = drawn.width;
    sheet.height = drawn.height;
    const pen = sheet.getContext("2d");
    pen.fillStyle = dark.matches ? "#14181d" : "#faf9f6";
    pen.fillRect(0, 0, sheet.width, sheet.height);
    pen.drawImage(drawn, 0, 0);
    sheet.toBlob((blob) => save(blob, "faultlines.png"));
  });

  $("fit").addEventListener("click", () => network.fit({ animation: !calm.matches }));
  $("closer").addEventListener("click", () => zoom(1.25));
  $("farther").addEventListener("click", () => zoom(0.8));
  $("search").addEventListener("input", search);
  $("search").addEventListener("keydown", ({ key }) => {
    if (key === "Enter") { const [hit] = search(); if (hit !== undefined) choose(hit, { read: true }); }
    if (key === "Escape") { $("search").value = ""; search(); }
  });
  boxes.forEach((box) => box.addEventListener("change", () => { filter(); note(); }));
  dark.addEventListener("change", () => network && network.setOptions(palette()));
  addEventListener("hashchange", fromAddress);
  if (small.matches) $("filters").open = false;
  const start = small.matches || !items.length ? "table" : "graph";
  filter();
  show(start);
  fromAddress();
})();
