package dev.drawbridge.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Makes the HTTP client for one kind of connection. */
final class HttpClients {
    /** Limits are the upstream's {@code max-in-flight}; the pool only has to be larger. */
    private static final int MAX_CONNECTIONS = 65_536;

    private HttpClients() {}

    static CloseableHttpClient create(ConnectionSettings settings) {
        HttpClientBuilder builder = HttpClientBuilder.create()
                .setConnectionManager(connections(settings))
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(settings.connectTimeout()))
                        // The Watchdog ends late answers; sockets themselves wait as long as they must.
                        .setResponseTimeout(Timeout.DISABLED)
                        .setExpectContinueEnabled(false)
                        .build());
        settings.proxy().ifPresent(proxy -> builder.setProxy(HttpHost.create(proxy)));
        return builder.build();
    }

    private static HttpClientConnectionManager connections(ConnectionSettings settings) {
        PoolingHttpClientConnectionManagerBuilder builder = PoolingHttpClientConnectionManagerBuilder.create()
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(MAX_CONNECTIONS)
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setDefaultSocketConfig(
                        SocketConfig.custom().setTcpNoDelay(true).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(2))
                        .setTimeToLive(TimeValue.ofMinutes(10))
                        .build());
        settings.tls().ifPresent(tls -> builder.setTlsSocketStrategy(trusting(tls)));
        return builder.build();
    }

    private static DefaultClientTlsStrategy trusting(ConnectionSettings.Tls tls) {
        try {
            return new DefaultClientTlsStrategy(TrustStores.context(tls));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot use the trust store " + tls.trustStore(), e);
        }
    }
}
