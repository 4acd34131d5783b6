// Every page works without this file; it adds two comforts.
"use strict";

// A query runs on Ctrl+Enter. Tab is left alone, so that a keyboard can leave the field.
const query = document.getElementById("query");
if (query) {
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      query.form.requestSubmit();
    }
  });
}

// A passage and what was read from it light up together.
const light = (number, on) => {
  for (const node of document.querySelectorAll(`[data-ev="${number}"]`)) {
    node.classList.toggle("lit", on);
  }
};
const overEvidence = (event, on) => {
  const node = event.target.closest("[data-ev]");
  if (node && /^\d+$/.test(node.dataset.ev)) light(node.dataset.ev, on);
};
if (document.body.classList.contains("reading")) {
  document.addEventListener("mouseover", (event) => overEvidence(event, true));
  document.addEventListener("mouseout", (event) => overEvidence(event, false));
  document.addEventListener("focusin", (event) => overEvidence(event, true));
  document.addEventListener("focusout", (event) => overEvidence(event, false));

  // A click on a mark shows what was read from it; selecting text is no click.
  document.querySelector("main").addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (!mark || event.target.closest("a") || !getSelection().isCollapsed) return;
    const card = document.querySelector(`.chain [data-ev="${mark.dataset.ev}"]`)?.closest(".item");
    if (!card) return;
    for (let node = card.parentElement; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") node.open = true;
    }
    location.hash = card.id;
  });
}

// Where links are followed step by step, the drawing stands in the page.
for (const link of document.querySelectorAll("a.drawn")) {
  const frame = document.createElement("iframe");
  frame.className = "drawn";
  frame.title = "Drawing of the links; the table below has the same";
  frame.loading = "lazy";
  frame.src = link.href;
  link.closest("p").before(frame);
}
