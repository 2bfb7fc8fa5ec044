package dev.drawbridge.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Reads the certificates that an upstream's own certificate may be signed by. */
public final class TrustStores {
    private TrustStores() {}

    /**
     * A TLS context that trusts exactly the certificates of the store.
     *
     * @throws IOException when the file cannot be read or its password is wrong
     * @throws GeneralSecurityException when it holds no certificates
     */
    public static SSLContext context(ConnectionSettings.Tls tls) throws IOException, GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(load(tls));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** The store's certificates. @throws IOException as {@link #context} */
    public static KeyStore load(ConnectionSettings.Tls tls) throws IOException, GeneralSecurityException {
        if (!Files.isRegularFile(tls.trustStore())) {
            throw new NoSuchFileException(tls.trustStore().toString(), null, "there is no such file");
        }
        String name = tls.trustStore().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".pem") || name.endsWith(".crt") || name.endsWith(".cer")) {
            return pem(tls);
        }
        return KeyStore.getInstance(tls.trustStore().toFile(), tls.password().toCharArray());
    }

    private static KeyStore pem(ConnectionSettings.Tls tls) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(tls.trustStore())) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
        }
        if (store.size() == 0) {
            throw new GeneralSecurityException("no certificate in " + tls.trustStore());
        }
        return store;
    }
}
