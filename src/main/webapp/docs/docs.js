/* Maven fills in dollar-brace placeholders in this folder, so template literals cannot be used here. */
window.addEventListener("load", () => {
  SwaggerUIBundle({
    // Relative, so that the page works below any context root.
    url: new URL("../openapi", document.baseURI).href,
    dom_id: "#docs",
    deepLinking: true,
    tryItOutEnabled: true,
    displayRequestDuration: true,
    defaultModelsExpandDepth: 0,
    docExpansion: "list",
    // The document stays here: no validator on the internet is asked.
    validatorUrl: null,
  });
});
