package dev.drawbridge.config.file;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The configuration where there is no file, in the form of the file. */
public interface ConfigDefaults {
    ObjectNode document(Variables variables);
}
