// Opens the theme's search from a real button, so that the keyboard reaches it on a narrow screen.
document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (target && target.closest("[data-site-find]")) {
    document.querySelector("[data-md-component=search-query]").focus();
  }
});
