// Two ways into the theme's search besides its own field: the button that a narrow screen shows in
// the bar, and the large field of the front page. Without scripts the latter leads to A to Z.
const query = document.querySelector("[data-md-component=search-query]");

const opened = document.querySelector("[data-md-toggle=search]");

const find = (words) => {
  if (!opened.checked) {
    opened.click();
  }
  query.value = words;
  query.focus();
  query.dispatchEvent(new Event("keyup", { bubbles: true }));
};

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-site-find]")) {
    find(query.value);
  }
});

document.addEventListener("submit", (event) => {
  if (event.target instanceof Element && event.target.matches("[data-site-search]")) {
    event.preventDefault();
    find(event.target.elements.words.value);
  }
});

// The theme gives every page that it finds a heading of level 1; a document has one of those.
const lowered = (heading, level, name) => {
  const lower = document.createElement(level);
  lower.className = name;
  lower.append(...heading.childNodes);
  heading.replaceWith(lower);
};

new MutationObserver(() => {
  for (const heading of document.querySelectorAll(".md-search-result h2:not([class])")) {
    lowered(heading, "h3", "site-result__part");
  }
  for (const heading of document.querySelectorAll(".md-search-result h1")) {
    lowered(heading, "h2", "site-result__page");
  }
}).observe(document.querySelector(".md-search-result"), { childList: true, subtree: true });

// The theme listens for single letters (s, f, n, p, comma, full stop, slash). Whoever speaks to the
// computer, or rests a hand on the keys, would set them off: success criterion 2.1.4 of WCAG.
window.addEventListener(
  "keydown",
  (event) => {
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
    if (!typing && /^\S$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.stopPropagation();
    }
  },
  { capture: true },
);
