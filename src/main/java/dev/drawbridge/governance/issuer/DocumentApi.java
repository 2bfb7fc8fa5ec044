package dev.drawbridge.governance.issuer;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.InputStream;

/** A document at an address, which is the client's own. Without a path on the type, so that no server takes it for a resource. */
public interface DocumentApi extends AutoCloseable {
    @GET
    InputStream get(@HeaderParam(HttpHeaders.ACCEPT) String accepted);

    @Override
    void close();
}
