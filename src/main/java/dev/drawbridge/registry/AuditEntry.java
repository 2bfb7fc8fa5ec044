package dev.drawbridge.registry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * One change, as it stays for good.
 *
 * @param seq counts all changes
 * @param note what was changed, with secrets hidden
 * @param hash SHA-256 in hexadecimal digits, over this entry and the hash of the one before
 */
public record AuditEntry(long seq, Instant time, Actor actor, Edit.Note note, String hash) {

    /** With its place in the chain. */
    AuditEntry after(String previous) {
        return new AuditEntry(seq, time, actor, note, hashAfter(previous));
    }

    boolean follows(String previous) {
        return hash.equals(hashAfter(previous));
    }

    private String hashAfter(String previous) {
        MessageDigest digest = sha256();
        List.of(
                        previous,
                        Long.toString(seq),
                        Long.toString(time.toEpochMilli()),
                        actor.name(),
                        actor.from(),
                        note.action(),
                        note.kind(),
                        note.id(),
                        note.before(),
                        note.after())
                .forEach(field -> add(digest, field));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** With its length, so that nothing can move from one field to the next. */
    private static void add(MessageDigest digest, String field) {
        byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
