/** Records as JSON: names in kebab-case, and errors that help whoever wrote the document. */
@NullMarked
package dev.drawbridge.registry.json;

import org.jspecify.annotations.NullMarked;
