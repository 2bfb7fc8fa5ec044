package dev.drawbridge.it;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.util.Objects;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.arquillian.test.spi.LifecycleMethodExecutor;
import org.jboss.arquillian.test.spi.TestRunnerAdaptor;
import org.jboss.arquillian.test.spi.TestRunnerAdaptorBuilder;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;

/**
 * The server with the WAR, which Arquillian starts for this class as if it were a test. Arquillian's own extension of
 * JUnit would start one for each test class, and a start costs ten seconds.
 */
final class RunningServer implements AutoCloseable {
    private static volatile int port;

    private final TestRunnerAdaptor arquillian = TestRunnerAdaptorBuilder.build();

    @ArquillianResource
    @Nullable
    URL address;

    private RunningServer() {}

    /** Called by Arquillian, before the server starts. */
    @Deployment(testable = false)
    public static WebArchive war() {
        World.prepare();
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/drawbridge.war"));
    }

    static RunningServer start() {
        RunningServer server = new RunningServer();
        try {
            server.arquillian.beforeSuite();
            server.arquillian.beforeClass(RunningServer.class, LifecycleMethodExecutor.NO_OP);
            // Fills in the address.
            server.arquillian.before(
                    server, RunningServer.class.getDeclaredMethod("close"), LifecycleMethodExecutor.NO_OP);
        } catch (Exception e) {
            throw new IllegalStateException("The server with the WAR did not start", e);
        }
        port = Objects.requireNonNull(server.address).getPort();
        return server;
    }

    /** Below it are all paths. The loopback address, not the host's: without an administrator's key only it may ask. */
    static URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        try {
            arquillian.after(this, RunningServer.class.getDeclaredMethod("close"), LifecycleMethodExecutor.NO_OP);
            arquillian.afterClass(RunningServer.class, LifecycleMethodExecutor.NO_OP);
            arquillian.afterSuite();
        } catch (Exception e) {
            throw new IllegalStateException("The server did not stop", e);
        } finally {
            arquillian.shutdown();
        }
    }
}
