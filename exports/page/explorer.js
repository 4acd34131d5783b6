"use strict";
// The drawing, its filters and the panel. Everything shown comes from the JSON beside this
// script and is set as text, never as markup.
(() => {
  const $ = (id) => document.getElementById(id);
  const { nodes, edges, options, about } = JSON.parse($("data").textContent);
  const facts = about.nodes;
  const links = about.edges;
  const rows = new Map([...document.querySelectorAll("tr[data-edge]")].map((row) => [+row.dataset.edge, row]));
  const boxes = [...document.querySelectorAll(".legend input")];
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const small = matchMedia("(max-width: 700px)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const byHash = new Map(facts.map((fact, index) => [fact.hash, index]));
  const around = facts.map(() => []);
  links.forEach((link, index) => {
    around[link.source].push(index);
    if (link.target !== link.source) around[link.target].push(index);
  });
  const READABLE = 0.78; // the smallest scale at which labels are read without effort
  let network = null;
  let chosen = null;
  document.documentElement.classList.add("scripted");

  const element = (tag, text, attributes = {}) => {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const say = (text) => { $("said").textContent = text; };
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const count = (number, one, more) => `${number.toLocaleString("en-GB")} ${number === 1 ? one : more}`;
  const kindsShown = () => new Set(boxes.filter((box) => box.checked).map((box) => +box.value));
  const nearest = (found, away) => found.reduce((best, node) => (!best || away(node) < away(best) ? node : best), null);
  const isShown = (index, kinds = kindsShown()) => kinds.has(facts[index].kind);

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

  const draw = () => {
    if (network || typeof vis === "undefined") return;
    const data = { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) };
    network = new vis.Network($("drawing"), data, { ...JSON.parse(options), ...palette(),
      edges: { ...JSON.parse(options).edges, ...palette().edges } });
    network.data = data;
    const canvas = $("drawing").querySelector(".vis-network");
    canvas.tabIndex = -1; // vis adds a tab stop without a name; ours is the box around it
    network.on("click", ({ nodes: [hit] }) => (hit === undefined ? release() : choose(hit)));
    filter();
    open();
  };
  // All of it when that is legible, else the beginning at a size that can be read.
  const open = () => {
    network.fit({ animation: false });
    const shown = nodes.filter((node) => isShown(node.id));
    if (network.getScale() >= READABLE || !shown.length) return;
    const { clientWidth, clientHeight } = $("drawing");
    const across = shown.map((node) => node.x);
    const [left, right] = [Math.min(...across) - 120, Math.max(...across) + 120];
    const room = clientWidth / READABLE;
    const first = nearest(shown, (node) => node.x * 1e6 + node.y);
    const down = shown.map((node) => node.y);
    const [top, bottom] = [Math.min(...down) - 60, Math.max(...down) + 60];
    const half = clientHeight / READABLE / 2;
    const position = {
      x: room > right - left ? (left + right) / 2 : left + room / 2,
      y: 2 * half > bottom - top ? (top + bottom) / 2 : Math.min(Math.max(first.y, top + half), bottom - half),
    };
    network.moveTo({ position, scale: READABLE, animation: false });
    if (chosen !== null) reveal(chosen);
  };
  const zoom = (factor) => network && network.moveTo({ scale: network.getScale() * factor });

  // Filters: the same kinds leave the drawing, the table and the search.
  const filter = () => {
    const kinds = kindsShown();
    const seen = links.map((link) => isShown(link.source, kinds) && isShown(link.target, kinds));
    rows.forEach((row, index) => { row.hidden = !seen[index]; });
    if (network) {
      network.data.nodes.update(nodes.map(({ id }) => ({ id, hidden: !isShown(id, kinds) })));
      network.data.edges.update(edges.map(({ id }) => ({ id, hidden: !seen[id] })));
    }
    const total = facts.filter((fact, index) => isShown(index, kinds)).length;
    $("shown").textContent = `${count(total, "item", "items")} of ${facts.length.toLocaleString("en-GB")}, `
      + `${count(seen.filter(Boolean).length, "link", "links")} of ${links.length.toLocaleString("en-GB")}`;
    if (chosen !== null && !isShown(chosen, kinds)) release();
    search();
  };
  const search = () => {
    const words = fold($("search").value).split(/\s+/).filter(Boolean);
    $("results").replaceChildren();
    $("found").textContent = "";
    if (!words.length) return [];
    const kinds = kindsShown();
    const found = facts.flatMap((fact, index) =>
      isShown(index, kinds) && words.every((word) => fact.search.includes(word)) ? [index] : []);
    const most = 30;
    $("found").textContent = count(found.length, "item fits", "items fit")
      + (found.length > most ? `, the first ${most} are listed` : "");
    $("results").append(...found.slice(0, most).map((index) => {
      const item = element("li");
      item.append(link(index));
      return item;
    }));
    return found;
  };
  const link = (index) => {
    const kind = about.kinds[facts[index].kind];
    const button = element("button", undefined, { type: "button", class: `kind-${facts[index].kind}` });
    button.append(element("span", kind.sign, { class: "sign", "aria-hidden": "true" }),
      element("span", ` ${facts[index].label}`, { dir: "auto" }), element("span", kind.one, { class: "kind" }));
    button.addEventListener("click", () => choose(index, { read: true }));
    return button;
  };

  // The chosen item: in the drawing, the table, the panel and the address.
  const choose = (index, { read = false, keep = false } = {}) => {
    if (!isShown(index)) {
      boxes.find((box) => +box.value === facts[index].kind).checked = true;
      filter();
    }
    chosen = index;
    rows.forEach((row, edge) => row.classList.toggle("chosen", around[index].includes(edge)));
    if (network) {
      network.selectNodes([index]);
    }
    panel(index);
    if (network) reveal(index);
    if (!keep) history.replaceState(null, "", `#${facts[index].hash}`);
    const kind = about.kinds[facts[index].kind];
    say(`${kind.one}: ${facts[index].label}. ${count(around[index].length, "link", "links")}.`);
    if (read) $("details").querySelector("h2").focus();
  };
  // Bring an item into the part of the drawing that the panel leaves free.
  const reveal = (index) => {
    const { clientWidth, clientHeight } = $("drawing");
    if (!clientWidth) return;
    const covered = small.matches ? 0 : $("panel").offsetWidth;
    const { x, y } = network.canvasToDOM(network.getPosition(index));
    const free = clientWidth - covered;
    if (x > 85 && y > 40 && x < free - 85 && y < clientHeight - 40) return;
    const scale = Math.max(network.getScale(), READABLE);
    network.moveTo({ position: network.getPosition(index), scale, offset: { x: -covered / 2, y: 0 }, animation: false });
  };
  const release = () => {
    chosen = null;
    rows.forEach((row) => row.classList.remove("chosen"));
    if (network) network.unselectAll();
    $("panel").hidden = true;
    $("content").classList.remove("reading");
    history.replaceState(null, "", location.pathname + location.search);
  };
  const quotes = (passages) => passages.flatMap(([quote, paragraph]) => {
    const said = element("blockquote", quote, { dir: "auto" });
    return paragraph ? [said, element("p", `Paragraph ${paragraph}`, { class: "quiet" })] : [said];
  });
  const part = (title) => element("h3", title, { class: "panel-part" });
  const panel = (index) => {
    const fact = facts[index];
    const kind = about.kinds[fact.kind];
    const head = element("p", undefined, { class: `kind kind-${fact.kind}` });
    head.append(element("span", kind.sign, { class: "sign", "aria-hidden": "true" }), ` ${kind.one}`);
    const list = element("dl", undefined, { class: "facts" });
    fact.facts.forEach(([name, value]) => list.append(element("dt", name), element("dd", value, { dir: "auto" })));
    const shown = [head, element("h2", fact.label, { tabindex: "-1", dir: "auto" }), list];
    if (fact.passages.length) shown.push(part("What the decision says"), ...quotes(fact.passages));
    const tools = element("div", undefined, { class: "panel-tools" });
    if (/^https:\/\/www\.lgo\.org\.uk\/|^http:\/\/www\.legislation\.gov\.uk\//.test(fact.url || "")) {
      tools.append(element("a", fact.source, { href: fact.url, rel: "noreferrer noopener" }));
    }
    const copy = element("button", "Copy link", { type: "button" });
    copy.addEventListener("click", () => {
      const done = navigator.clipboard ? navigator.clipboard.writeText(location.href) : Promise.reject();
      done.then(() => say("Link copied."), () => say("The address bar holds the link.")).then(() => { copy.textContent = $("said").textContent; });
    });
    const close = element("button", "Close", { type: "button" });
    close.addEventListener("click", () => { release(); $("drawing").focus(); });
    tools.append(copy, close);
    shown.push(tools);
    if (around[index].length) {
      const linked = element("div", undefined, { class: "linked" });
      around[index].forEach((edge) => {
        const outward = links[edge].source === index;
        const words = outward ? `${links[edge].words} …` : `… ${links[edge].words} this`;
        linked.append(element("span", words, { class: "words" }), link(outward ? links[edge].target : links[edge].source),
          ...quotes(links[edge].passages));
      });
      shown.push(part(count(around[index].length, "link", "links")), linked);
    }
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
    if (key.startsWith("Arrow")) { const next = step(key); if (next) choose(next.id); }
    else if (key === "Enter" && chosen !== null) choose(chosen, { read: true });
    else if (key === "Escape") release();
    else if (key === "+" || key === "=") zoom(1.25);
    else if (key === "-") zoom(0.8);
    else if (key === "0") network.fit();
    else return;
    event.preventDefault();
  });
  $("panel").addEventListener("keydown", ({ key }) => {
    if (key === "Escape") { release(); $(tab === "graph" ? "drawing" : "table").focus(); }
  });

  // Tabs
  let tab = "graph";
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
    $(`tab-${name}`).addEventListener("click", () => show(name));
    $(`tab-${name}`).addEventListener("keydown", ({ key }) => {
      if (key === "ArrowLeft" || key === "ArrowRight") show(name === "graph" ? "table" : "graph", true);
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
    const lines = [["From kind", "From", "Link", "To kind", "To", "Quote", "Paragraph", "Decision"]];
    links.forEach((link, index) => {
      if (rows.get(index).hidden) return;
      const [quote, paragraph] = link.says[0] || ["", ""];
      lines.push([about.kinds[facts[link.source].kind].one, facts[link.source].label, link.words,
        about.kinds[facts[link.target].kind].one, facts[link.target].label, link.numbers || quote, paragraph || "", link.url || ""]);
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
    if (key === "Enter") { const [first] = search(); if (first !== undefined) choose(first, { read: true }); }
    if (key === "Escape") { $("search").value = ""; search(); }
  });
  boxes.forEach((box) => box.addEventListener("change", filter));
  dark.addEventListener("change", () => network && network.setOptions(palette()));
  const fromAddress = () => {
    const index = byHash.get(location.hash.slice(1));
    if (index !== undefined) choose(index, { keep: true });
  };
  addEventListener("hashchange", fromAddress);
  if (small.matches) $("filters").open = false;
  show(small.matches || !facts.length ? "table" : "graph");
  filter();
  fromAddress();
})();
