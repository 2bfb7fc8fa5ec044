package dev.drawbridge.inference;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a client sent in its own dialect, beside the hub's form of it: an upstream that speaks the dialect too takes this
 * one, so that nothing is lost on the way there and back.
 *
 * @param dialect a protocol and its operation, such as {@code ollama/chat}
 * @param document as sent, names of models included; never changed
 */
public record Original(String dialect, ObjectNode document) {}
